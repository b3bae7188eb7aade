import { createRoute, z } from "@hono/zod-openapi";
import type { Bus } from "#shared/bus";
import { Box, Coco, Graph } from "#shared/messages";
import { type LiveModels, openLiveModels } from "#shared/models";
import { listArtifacts, readArtifact } from "#shared/operate";
import { readGrey } from "#shared/raster";
import type { App, Gateway } from "../context.ts";
import { json, problems, UidParam } from "../http/openapi.ts";

const Suggestion = z.object({
  id: z.number().int().describe("of the annotation"),
  bbox: Box,
  class: z.string(),
  score: z.number().nullable(),
  right: z.number().nullable().describe("how likely the box is right, by the model `regression`"),
  classes: z.array(z.object({ class: z.string(), score: z.number() })).describe("likeliest first"),
  family: z
    .object({ name: z.string(), index: z.number().int(), distance: z.number() })
    .nullable()
    .describe("family of unnamed symbols it looks like, by the model `clustering`"),
});

const list = createRoute({
  method: "get",
  path: "/api/diagrams/{uid}/suggestions",
  tags: ["diagrams"],
  summary: "Likely classes of the doubtful boxes of a diagram, the most doubtful first",
  description: "Empty until a model `recommendation` or `clustering` was promoted.",
  request: { params: UidParam },
  responses: { 200: json(z.object({ suggestions: z.array(Suggestion) }), "by box"), ...problems },
});

/** Sheets looked at one after the other: each takes tens of megabytes while it is. */
let turn: Promise<unknown> = Promise.resolve();

/** What learned models would say about the boxes a person is looking at. */
export function suggestions(app: App, gateway: Gateway): void {
  const live = new WeakMap<Bus, Promise<LiveModels>>();
  const modelsOf = (bus: Bus): Promise<LiveModels> => {
    const open = live.get(bus) ?? openLiveModels(bus, { log: shelfLog(gateway) });
    live.set(bus, open);
    open.catch(() => live.delete(bus));
    return open;
  };

  app.openapi(list, async (c) => {
    const { uid } = c.req.valid("param");
    const bus = await gateway.bus();
    const artifacts = await listArtifacts(bus, uid);
    const models = await modelsOf(bus);
    const [recommendation, clustering, regression] = await Promise.all(
      (["recommendation", "clustering", "regression"] as const).map((name) =>
        models.openIfAny(name, { threads: 1 }),
      ),
    );
    const boxes = artifacts["annotations.json"] ?? artifacts["detections.json"];
    const sheet = artifacts["sheet.png"];
    if (!boxes || !sheet || (!recommendation && !clustering)) return c.json({ suggestions: [] }, 200);
    // Annotations people have accepted are in doubt no more; the claims behind them are what there is to suggest on.
    const claims = artifacts["detections.json"] ?? boxes;
    const look = turn.then(async () => {
      const { suggest } = await import("#shared/learn");
      const graph = artifacts["graph.json"];
      return suggest(
        {
          sheet: await readGrey(await bytesOf(bus, sheet)),
          boxes: Coco.parse(JSON.parse(new TextDecoder().decode(await bytesOf(bus, claims)))),
          ...(graph && {
            graph: Graph.parse(JSON.parse(new TextDecoder().decode(await bytesOf(bus, graph)))),
          }),
        },
        {
          recommendation: recommendation ?? null,
          clustering: clustering ?? null,
          regression: regression ?? null,
        },
      );
    });
    turn = look.catch(() => undefined);
    return c.json({ suggestions: await look }, 200);
  });
}

async function bytesOf(bus: Bus, ref: { bucket: string; key: string }): Promise<Uint8Array> {
  return new Uint8Array(await new Response(await readArtifact(bus, ref)).arrayBuffer());
}

/** The registry's lines in the gateway's log. */
function shelfLog({ log }: Gateway) {
  return {
    info: (message: string, fields?: Record<string, unknown>) => log.info(fields ?? {}, message),
    warn: (message: string, fields?: Record<string, unknown>) => log.warn(fields ?? {}, message),
  };
}
