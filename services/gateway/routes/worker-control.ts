import { createRoute, z } from "@hono/zod-openapi";
import { type ControlReply, control, setStageSettings } from "#shared/operate";
import { StageSettings } from "#shared/stage";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems } from "../http/openapi.ts";
import { stageOfWorker } from "../workers/stage-of-worker.ts";

const WorkerParam = z.object({ worker: z.string().max(200) });
const Reply = z.record(z.string(), z.unknown());
const Count = z.number().int().min(1).max(1000);
/** How many slots: `n`, or `by` as a number. */
const By = Actor.extend({ n: Count.optional(), by: Count.or(Actor.shape.by.unwrap()).optional() });
const { ratePerMinute, softLimitMs, hardLimitMs } = StageSettings.shape;

const verb = <S extends z.ZodType>(name: string, summary: string, schema: S) =>
  createRoute({
    method: "post",
    path: `/api/workers/{worker}/${name}`,
    tags: ["workers"],
    summary,
    request: { params: WorkerParam, ...body(schema) },
    responses: { 200: json(Reply, "the worker's answer"), ...problems },
  });

const growRoute = verb("grow", "Give a worker more slots", By);
const shrinkRoute = verb("shrink", "Take slots from a worker", By);
const autoscaleRoute = verb(
  "autoscale",
  "Let a worker choose its slots between bounds, by what waits; without `max` it stops doing so",
  Actor.extend({
    min: z.number().int().min(0).max(10_000).optional(),
    max: z.number().int().min(1).max(10_000).optional(),
  }),
);
const restartRoute = verb(
  "restart",
  "Replace a worker's executor processes; what runs is finished first",
  Actor,
);
const addConsumerRoute = verb("add-consumer", "Let a worker take work again, with the slots it had", Actor);
const cancelConsumerRoute = verb(
  "cancel-consumer",
  "Let a worker take nothing more; what it runs goes on",
  Actor,
);
const shutdownRoute = verb(
  "shutdown",
  "Drain and stop a worker: what it runs is finished or handed over",
  Actor.extend({ graceMs: z.number().int().min(0).max(3_600_000).optional() }),
);
const rateLimitRoute = verb(
  "rate-limit",
  "Limit the starts per minute of this worker's stage, over all its workers together",
  Actor.extend({ ratePerMinute }),
);
const timeLimitRoute = verb(
  "time-limit",
  "Limit how long tasks of this worker's stage may run, on all its workers",
  Actor.extend({ softLimitMs, hardLimitMs }),
);

/** What one worker is told. Limits belong to its stage: they are settings, hold for every replica and survive restarts. */
export function workerControl(app: App, gateway: Gateway): void {
  const tell = async (
    worker: string,
    name: string,
    args: Record<string, unknown>,
    actor: ReturnType<typeof actorOf>,
  ): Promise<ControlReply> => {
    const stage = await stageOfWorker(gateway, worker);
    const [reply = {}] = await control(await gateway.bus(), stage, name, { ...args, worker }, actor);
    return reply;
  };
  const limit = async (worker: string, change: StageSettings, actor: ReturnType<typeof actorOf>) => {
    const stage = await stageOfWorker(gateway, worker);
    return { worker, stage, settings: await setStageSettings(await gateway.bus(), stage, change, actor) };
  };

  const readBy = ({ n, by, reason }: z.infer<typeof By> = {}) => ({
    count: n ?? (typeof by === "number" ? by : 1),
    actor: { reason, ...(typeof by === "string" ? { by } : {}) },
  });

  app.openapi(growRoute, async (c) => {
    const { count, actor } = readBy(c.req.valid("json"));
    return c.json(await tell(c.req.valid("param").worker, "grow", { by: count }, actorOf(c, actor)), 200);
  });
  app.openapi(shrinkRoute, async (c) => {
    const { count, actor } = readBy(c.req.valid("json"));
    return c.json(await tell(c.req.valid("param").worker, "shrink", { by: count }, actorOf(c, actor)), 200);
  });
  app.openapi(autoscaleRoute, async (c) => {
    const { min, max, ...actor } = c.req.valid("json") ?? {};
    const { worker } = c.req.valid("param");
    return c.json(await tell(worker, "autoscale", { min, max }, actorOf(c, actor)), 200);
  });
  for (const [route, name] of [
    [restartRoute, "restart"],
    [addConsumerRoute, "add-consumer"],
    [cancelConsumerRoute, "cancel-consumer"],
  ] as const)
    app.openapi(route, async (c) => {
      const actor = actorOf(c, c.req.valid("json"));
      return c.json(await tell(c.req.valid("param").worker, name, {}, actor), 200);
    });
  app.openapi(shutdownRoute, async (c) => {
    const { graceMs, ...actor } = c.req.valid("json") ?? {};
    const { worker } = c.req.valid("param");
    return c.json(await tell(worker, "shutdown", { graceMs }, actorOf(c, actor)), 200);
  });
  app.openapi(rateLimitRoute, async (c) => {
    const { ratePerMinute = null, ...actor } = c.req.valid("json") ?? {};
    return c.json(await limit(c.req.valid("param").worker, { ratePerMinute }, actorOf(c, actor)), 200);
  });
  app.openapi(timeLimitRoute, async (c) => {
    const { by, reason, ...limits } = c.req.valid("json") ?? {};
    return c.json(await limit(c.req.valid("param").worker, limits, actorOf(c, { by, reason })), 200);
  });
}
