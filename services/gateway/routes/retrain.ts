import { createRoute, z } from "@hono/zod-openapi";
import { listRetrains, readRetrain, startRetrain } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems, QueryInt, UidParam } from "../http/openapi.ts";

const Part = z.object({
  state: z.enum(["waiting", "training", "retrying", "trained", "failed", "revoked", "left"]),
  runtimeMs: z.number().nullable(),
  progress: z.number().nullable().describe("0..1 while it trains"),
  note: z.string().nullable(),
  score: z.number().nullable().describe("on the frozen hold-out, higher is better"),
  liveScore: z.number().nullable().describe("of the live model, on the same hold-out"),
  promoted: z.boolean(),
  version: z.string().nullable(),
  reason: z.string().nullable().describe("why it is promoted or not"),
  error: z.string().nullable(),
});

const RetrainRun = z.object({
  run: z.string(),
  state: z.string(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  reason: z.string().nullable(),
  dataset: z.string().nullable(),
  by: z.string().nullable(),
  schedule: z.string().nullable(),
  parts: z.record(z.string(), Part),
});

const start = createRoute({
  method: "post",
  path: "/api/retrain",
  tags: ["retraining"],
  summary: "Train models; those that beat the live ones are promoted",
  request: body(
    Actor.extend({
      models: z.array(z.string().max(100)).max(50).optional().describe("all that learn, unless named"),
      dataset: z.string().max(100).optional().describe("a frozen dataset; a new one unless named"),
      seed: z.number().int().nonnegative().optional(),
    }),
  ),
  responses: { 202: json(z.object({ run: z.string() }), "the run that was started"), ...problems },
});

const list = createRoute({
  method: "get",
  path: "/api/retrain/runs",
  tags: ["retraining"],
  summary: "Retrainings with each model's training and scores, newest first",
  request: { query: z.object({ limit: QueryInt(1, 100).optional() }) },
  responses: { 200: json(z.object({ runs: z.array(RetrainRun) }), "newest first"), ...problems },
});

const one = createRoute({
  method: "get",
  path: "/api/retrain/runs/{uid}",
  tags: ["retraining"],
  summary: "One retraining",
  request: { params: UidParam },
  responses: { 200: json(RetrainRun, "with each model's training and scores"), ...problems },
});

/** Retraining: start, look. Revoke and retry are those of any run (`/api/runs/retrain/:run`). */
export function retraining(app: App, gateway: Gateway): void {
  app.openapi(start, async (c) => {
    const { models, dataset, seed, ...actor } = c.req.valid("json") ?? {};
    const acting = actorOf(c, actor);
    return c.json(await startRetrain(await gateway.bus(), { models, dataset, seed, ...acting }), 202);
  });
  app.openapi(list, async (c) =>
    c.json({ runs: await listRetrains(await gateway.bus(), c.req.valid("query").limit ?? 20) }, 200),
  );
  app.openapi(one, async (c) =>
    c.json(await readRetrain(await gateway.bus(), c.req.valid("param").uid), 200),
  );
}
