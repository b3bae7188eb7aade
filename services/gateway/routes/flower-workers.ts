import { createRoute, z } from "@hono/zod-openapi";
import type { WorkerRow } from "#shared/history";
import { control, listQueues } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { FlowerWorker, toFlowerActive, toFlowerWorker } from "../flower/flower-worker.ts";
import { flagIn, readArguments } from "../flower/read-arguments.ts";
import { knownWorker } from "../flower/tell-worker.ts";
import { json, problems } from "../http/openapi.ts";

const flag = z.string().max(20).optional();

const list = createRoute({
  method: "get",
  path: "/api/workers",
  tags: ["flower"],
  summary: "Workers, in Flower's shape",
  description:
    "From the workers' last signs of life; with `refresh` they are asked for what they run too. Ours is `GET /api/v1/workers`.",
  request: {
    query: z.object({ refresh: flag, status: flag, workername: z.string().max(200).optional() }),
  },
  responses: {
    200: json(
      z.record(z.string(), FlowerWorker.or(z.boolean())),
      "by name; with `status` whether it is alive",
    ),
    ...problems,
  },
});

const lengths = createRoute({
  method: "get",
  path: "/api/queues/length",
  tags: ["flower"],
  summary: "How many tasks wait in each queue",
  responses: {
    200: json(
      z.object({ active_queues: z.array(z.object({ name: z.string(), messages: z.number().int() })) }),
      "by name",
    ),
    ...problems,
  },
});

/** Flower's questions about workers and queues, and its sign of life. */
export function flowerWorkers(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const found = await readArguments(c);
    const name = found.get("workername");
    const { workers } = await (await gateway.history()).listWorkers();
    if (flagIn(found, "status"))
      return c.json(Object.fromEntries(workers.map((each) => [each.worker, each.online])), 200);
    const shown = name ? [await knownWorker(gateway, name)] : workers.filter(({ online }) => online);
    const { url } = await gateway.bus();
    const live = flagIn(found, "refresh") ? await whatTheyRun(gateway, shown) : undefined;
    const answer = shown.map((each) => [
      each.worker,
      { ...toFlowerWorker(each, url), ...live?.get(each.worker) },
    ]);
    return c.json(Object.fromEntries(answer), 200);
  });

  app.openapi(lengths, async (c) => {
    const messages = new Map<string, number>();
    for (const { queue, pending } of await listQueues(await gateway.bus()))
      messages.set(queue, (messages.get(queue) ?? 0) + pending);
    const queues = [...messages].map(([name, count]) => ({ name, messages: count }));
    return c.json({ active_queues: queues.sort((a, b) => a.name.localeCompare(b.name)) }, 200);
  });

  app.get("/healthcheck", (c) => c.text("OK"));
}

type Lists = Pick<FlowerWorker, "active" | "reserved" | "scheduled" | "revoked">;

/** What each worker runs and holds, by its own word. */
async function whatTheyRun(gateway: Gateway, workers: readonly WorkerRow[]): Promise<Map<string, Lists>> {
  const bus = await gateway.bus();
  const rows = new Map(workers.map((row) => [row.worker, row]));
  const stages = [...new Set(workers.map(({ stage }) => stage))];
  const ask = async (verb: "active" | "reserved") => {
    const replies = await Promise.all(
      // A worker that stopped since its last sign of life does not answer, and is shown without lists.
      stages.map((stage) => control(bus, stage, verb).catch(() => [])),
    );
    return replies.flat();
  };
  const [active, reserved] = await Promise.all([ask("active"), ask("reserved")]);
  const lists = new Map<string, Lists>();
  for (const [field, replies] of [
    ["active", active],
    ["reserved", reserved],
  ] as const)
    for (const reply of replies) {
      const row = rows.get(reply.worker ?? "");
      if (!row || !Array.isArray(reply.tasks)) continue;
      const known = lists.get(row.worker) ?? { active: [], reserved: [], scheduled: [], revoked: [] };
      lists.set(row.worker, { ...known, [field]: reply.tasks.map((task) => toFlowerActive(task, row)) });
    }
  return lists;
}
