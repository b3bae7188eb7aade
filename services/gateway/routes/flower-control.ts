import { z } from "@hono/zod-openapi";
import { Refusal, revoke, setStageSettings } from "#shared/operate";
import type { Stage } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { perMinute } from "../flower/rate.ts";
import { needed, numberIn, readArguments } from "../flower/read-arguments.ts";
import { knownTask } from "../flower/task-filter.ts";
import { knownWorker, tellWorker } from "../flower/tell-worker.ts";
import { type Acting, actorOf, json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

type Arguments = Map<string, string>;
type Act = (name: string, found: Arguments, actor: Acting) => Promise<string>;

const SLOTS = { min: 1, max: 1_000 };
const SECONDS = { min: 0.001, max: 1e7 };

/** Flower's orders to workers, tasks and task names; each answers `{"message": …}` in Flower's words. */
export function flowerControl(app: App, gateway: Gateway): void {
  const order = (path: string, name: string, summary: string, act: Act) => {
    app.openAPIRegistry.registerPath({
      method: "post",
      path: `${path}/{${name}}`,
      tags: ["flower"],
      summary,
      request: { params: z.object({ [name]: z.string() }) },
      responses: { 200: json(z.object({ message: z.string() }), "done"), ...problems },
    });
    app.post(`${path}/:${name}`, async (c) => {
      const message = await act(c.req.param(name), await readArguments(c), actorOf(c, undefined));
      return c.json({ message }, 200);
    });
  };

  for (const [way, word] of [
    ["revoke", "Revoked"],
    ["abort", "Aborted"],
  ] as const)
    order(
      `/api/task/${way}`,
      "id",
      "End the run a task belongs to, waiting or running",
      async (id, _, actor) => {
        await revoke(await gateway.bus(), id, actor).catch((error) => {
          // Celery takes a revoke of what is over for done.
          if (!(error instanceof Refusal && ["ALREADY_FINISHED", "TASK_OVER"].includes(error.code)))
            throw error;
        });
        return `${word} '${id}'`;
      },
    );

  const limit = async (
    stage: Stage,
    found: Arguments,
    change: Record<string, number | null>,
    actor: Acting,
  ) => {
    const worker = found.get("workername");
    if (worker) await knownWorker(gateway, worker);
    await setStageSettings(await gateway.bus(), stage.name, change, actor);
  };
  order(
    "/api/task/timeout",
    "name",
    "Time limits of a task, on all workers: soft and hard, seconds",
    async (name, found, actor) => {
      const stage = knownTask(name);
      const soft = numberIn(found, "soft", SECONDS);
      const hard = numberIn(found, "hard", SECONDS);
      if (soft === undefined && hard === undefined)
        throw new HttpProblem(400, "BAD_REQUEST", "Missing argument soft or hard");
      await limit(
        stage,
        found,
        {
          ...(soft === undefined ? {} : { softLimitMs: Math.round(soft * 1000) }),
          ...(hard === undefined ? {} : { hardLimitMs: Math.round(hard * 1000) }),
        },
        actor,
      );
      return "time limits set successfully";
    },
  );
  order(
    "/api/task/rate-limit",
    "name",
    "Rate limit of a task, over all workers together: 10/m, 5/s",
    async (name, found, actor) => {
      const stage = knownTask(name);
      await limit(stage, found, { ratePerMinute: perMinute(needed(found, "ratelimit")) }, actor);
      return "new rate limit set successfully";
    },
  );

  const WORKER = "/api/worker";
  order(`${WORKER}/shutdown`, "worker", "Drain and stop a worker", async (name, _, actor) => {
    const worker = await knownWorker(gateway, name);
    await tellWorker(gateway, worker, "shutdown", {}, actor, `Failed to shut down '${name}'`);
    return "Shutting down!";
  });
  order(`${WORKER}/pool/restart`, "worker", "Replace a worker's executors", async (name, _, actor) => {
    const worker = await knownWorker(gateway, name);
    await tellWorker(gateway, worker, "restart", {}, actor, `Failed to restart the '${name}' pool`);
    return `Restarting '${name}' worker's pool`;
  });
  for (const [way, word] of [
    ["grow", "Growing"],
    ["shrink", "Shrinking"],
  ] as const)
    order(`${WORKER}/pool/${way}`, "worker", `${word} a worker's slots by n`, async (name, found, actor) => {
      const worker = await knownWorker(gateway, name);
      const n = numberIn(found, "n", SLOTS) ?? 1;
      await tellWorker(gateway, worker, way, { by: n }, actor, `Failed to ${way} '${name}' worker's pool`);
      return `${word} '${name}' worker's pool by ${n}`;
    });
  order(
    `${WORKER}/pool/autoscale`,
    "worker",
    "Let a worker choose its slots between min and max",
    async (name, found, actor) => {
      const worker = await knownWorker(gateway, name);
      const bounds = { min: 0, max: 10_000 };
      needed(found, "min");
      needed(found, "max");
      const args = {
        min: numberIn(found, "min", bounds),
        max: numberIn(found, "max", { ...bounds, min: 1 }),
      };
      await tellWorker(gateway, worker, "autoscale", args, actor, `Failed to autoscale '${name}' worker`);
      return `Autoscaling '${name}' worker (min=${args.min}, max=${args.max})`;
    },
  );

  order(
    `${WORKER}/queue/add-consumer`,
    "worker",
    "Let a worker take from its queue again",
    async (name, found, actor) => {
      const worker = await knownWorker(gateway, name);
      const queue = needed(found, "queue");
      const failed = `Failed to add '${queue}' consumer to '${name}' worker`;
      refuseOther(worker, queue, failed);
      await tellWorker(gateway, worker, "add-consumer", {}, actor, failed);
      return `add consumer ${queue}`;
    },
  );
  order(
    `${WORKER}/queue/cancel-consumer`,
    "worker",
    "Let a worker take nothing more; what it runs goes on",
    async (name, found, actor) => {
      const worker = await knownWorker(gateway, name);
      const queue = needed(found, "queue");
      const failed = `Failed to cancel '${queue}' consumer from '${name}' worker`;
      refuseOther(worker, queue, failed);
      await tellWorker(gateway, worker, "cancel-consumer", {}, actor, failed);
      return `no longer consuming from ${queue}`;
    },
  );
}

/** A worker works on one stage, and so takes from one queue only. */
function refuseOther(
  worker: { worker: string; stage: string; queue: string },
  queue: string,
  failed: string,
): void {
  if (queue === worker.queue || queue === worker.stage) return;
  throw new HttpProblem(
    403,
    "OTHER_QUEUE",
    `${failed}: it works on ${worker.stage}, which is in queue ${worker.queue}; start a worker of another stage for another queue`,
  );
}
