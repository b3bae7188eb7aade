import { createRoute, z } from "@hono/zod-openapi";
import type { Bus } from "#shared/bus";
import { Box, type ModelName } from "#shared/messages";
import { readLive } from "#shared/models";
import { listArtifacts } from "#shared/operate";
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

/** What learned models would say about the boxes a person is looking at. */
export function suggestions(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const { uid } = c.req.valid("param");
    const bus = await gateway.bus();
    const artifacts = await listArtifacts(bus, uid);
    const sheet = artifacts["sheet.png"];
    // Annotations people have accepted are in doubt no more; the claims behind them are what there is to suggest on.
    const claims = artifacts["detections.json"];
    const graph = artifacts["graph.json"];
    if (!sheet || !claims || !(await anyLive(bus, ["recommendation", "clustering"])))
      return c.json({ suggestions: [] }, 200);
    const found = await gateway.looker.suggest(
      { url: bus.url, sheet, claims, ...(graph && { graph }) },
      (text) => gateway.log.warn({ uid }, text),
    );
    return c.json({ suggestions: found }, 200);
  });
}

/** True when a version of one of these models is live. */
async function anyLive(bus: Bus, names: readonly ModelName[]): Promise<boolean> {
  const live = await Promise.all(names.map((name) => readLive(bus, name)));
  return live.some(({ value }) => value?.version);
}
