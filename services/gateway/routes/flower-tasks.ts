import { createRoute, z } from "@hono/zod-openapi";
import { allStages } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { awaitTask, findTask, resultOf } from "../flower/await-task.ts";
import { FlowerTask, toFlowerTask } from "../flower/flower-task.ts";
import { listFlowerTasks } from "../flower/list-flower-tasks.ts";
import { numberIn, readArguments } from "../flower/read-arguments.ts";
import { json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

const text = z.string().max(500).optional();
const TaskParam = z.object({ id: z.string().max(300) });

const list = createRoute({
  method: "get",
  path: "/api/tasks",
  tags: ["flower"],
  summary: "List tasks, in Flower's shape",
  description: "Ours, with a cursor, is `GET /api/v1/tasks`.",
  request: {
    query: z.object({
      limit: text,
      offset: text,
      sort_by: text.describe("name, state, received, started; with - before it the other way round"),
      workername: text,
      taskname: text.describe("`ingest` or `diagram.ingest`"),
      state: text,
      received_start: text.describe("YYYY-MM-DD HH:MM, in the gateway's time zone"),
      received_end: text,
      search: text.describe("state:, args:, kwargs:name=value, result:, or any words"),
    }),
  },
  responses: { 200: json(z.record(z.string(), FlowerTask), "by id, newest first"), ...problems },
});

const types = createRoute({
  method: "get",
  path: "/api/task/types",
  tags: ["flower"],
  summary: "Names of tasks: the declared stages",
  responses: { 200: json(z.object({ "task-types": z.array(z.string()) }), "sorted"), ...problems },
});

const info = createRoute({
  method: "get",
  path: "/api/task/info/{id}",
  tags: ["flower"],
  summary: "One task, in Flower's shape",
  request: { params: TaskParam },
  responses: { 200: json(FlowerTask.extend({ "task-id": z.string() }), "the task"), ...problems },
});

const Result = z.object({
  "task-id": z.string(),
  state: z.string(),
  result: z.unknown().optional(),
  traceback: z.string().nullable().optional(),
});

const result = createRoute({
  method: "get",
  path: "/api/task/result/{id}",
  tags: ["flower"],
  summary: "State and result of a task; waits for it when told how long",
  description:
    "The result is the body of the message its stage gave. When the time is up the state alone is told.",
  request: { params: TaskParam, query: z.object({ timeout: text.describe("seconds, at most 600") }) },
  responses: { 200: json(Result, "as far as it is known"), ...problems },
});

/** Flower's questions about tasks. */
export function flowerTasks(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => c.json(await listFlowerTasks(gateway, await readArguments(c)), 200));

  app.openapi(types, (c) => {
    const names = allStages().map(({ name }) => name);
    return c.json({ "task-types": names.sort() }, 200);
  });

  app.openapi(info, async (c) => {
    const { id } = c.req.valid("param");
    const task = await findTask(gateway, id);
    if (!task) throw new HttpProblem(404, "TASK_NOT_FOUND", `Unknown task '${id}'`);
    return c.json({ ...toFlowerTask(task), "task-id": id }, 200);
  });

  app.openapi(result, async (c) => {
    const { id } = c.req.valid("param");
    const timeout = numberIn(await readArguments(c), "timeout", { min: 0, max: 600 });
    const task = timeout
      ? await awaitTask(gateway, id, timeout * 1000, c.req.raw.signal)
      : await findTask(gateway, id);
    return c.json((await resultOf(gateway, id, task)) as z.infer<typeof Result>, 200);
  });
}
