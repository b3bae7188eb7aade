import { createRoute, z } from "@hono/zod-openapi";
import { TaskDetail, TaskSort, TaskState, TasksPage } from "#shared/history";
import { Uid } from "#shared/messages";
import { inputOf, readRun, retry, revoke, taskNamed } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems, QueryInt, QueryList } from "../http/openapi.ts";

const IdParam = z.object({ id: z.string().max(300) });
const States = QueryList.transform((states) => states.map((state) => state.toUpperCase())).pipe(
  z.array(TaskState),
);

const list = createRoute({
  method: "get",
  path: "/api/v1/tasks",
  tags: ["tasks"],
  summary: "List tasks",
  description: "`GET /api/tasks` answers in Flower's shape.",
  request: {
    query: z.object({
      state: States.optional(),
      stage: QueryList.optional(),
      pipeline: z.string().max(100).optional(),
      queue: z.string().max(100).optional(),
      worker: z.string().max(200).optional(),
      run: z.string().max(100).optional(),
      from: QueryInt(0, 9e14).optional().describe("created at or after, ms since the epoch"),
      to: QueryInt(0, 9e14).optional().describe("created before, ms since the epoch"),
      q: z.string().max(500).optional().describe('words, "phrases", args:, result:, error:, -word'),
      sort: TaskSort.optional(),
      cursor: z.string().max(300).optional(),
      offset: QueryInt(0, 1_000_000).optional(),
      limit: QueryInt(1, 500).optional(),
    }),
  },
  responses: { 200: json(TasksPage, "one page"), ...problems },
});

const one = createRoute({
  method: "get",
  path: "/api/tasks/{id}",
  tags: ["tasks"],
  summary: "One task with attempts, error and log lines",
  request: { params: IdParam },
  responses: { 200: json(TaskDetail, "the task"), ...problems },
});

const revokeRoute = createRoute({
  method: "post",
  path: "/api/tasks/{id}/revoke",
  tags: ["tasks"],
  summary: "End the run whose task this is, while the task waits or runs",
  request: { params: IdParam, ...body(Actor) },
  responses: { 202: json(z.object({ uid: Uid, seq: z.number() }), "ended"), ...problems },
});

const retryRoute = createRoute({
  method: "post",
  path: "/api/tasks/{id}/retry",
  tags: ["tasks"],
  summary: "Run this task's stage again, with its input message as it was or edited",
  description:
    "`body` replaces the stage's input message. It is checked by the message's schema; the run's id in it cannot be changed.",
  request: {
    params: IdParam,
    ...body(Actor.extend({ body: z.record(z.string(), z.unknown()).optional() })),
  },
  responses: {
    202: json(
      z.object({ uid: Uid, stage: z.string(), generation: z.number().int(), seq: z.number().int() }),
      "sent again",
    ),
    ...problems,
  },
});

const TaskInput = z.object({
  type: z.string(),
  seq: z.number().int(),
  generation: z.number().int(),
  body: z.record(z.string(), z.unknown()),
});
/** The input message of a task. */
export type TaskInput = z.infer<typeof TaskInput>;

const input = createRoute({
  method: "get",
  path: "/api/tasks/{id}/input",
  tags: ["tasks"],
  summary: "The input message of a task, whole: what a person edits before a retry",
  request: { params: IdParam },
  responses: {
    200: json(TaskInput, "as it lies in the stream"),
    ...problems,
  },
});

/** Tasks: executions of one stage for one run. */
export function tasks(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) =>
    c.json(await (await gateway.history()).listTasks(c.req.valid("query")), 200),
  );
  app.openapi(one, async (c) =>
    c.json(await (await gateway.history()).getTask(c.req.valid("param").id), 200),
  );
  app.openapi(input, async (c) => {
    const { pipeline, run, stage } = taskNamed(c.req.valid("param").id);
    const bus = await gateway.bus();
    const { type, seq, generation, body } = await inputOf(bus, await readRun(bus, pipeline, run), stage);
    return c.json({ type, seq, generation, body: body() }, 200);
  });
  app.openapi(revokeRoute, async (c) => {
    const actor = actorOf(c, c.req.valid("json"));
    return c.json(await revoke(await gateway.bus(), c.req.valid("param").id, actor), 202);
  });
  app.openapi(retryRoute, async (c) => {
    const { pipeline, run, stage } = taskNamed(c.req.valid("param").id);
    const json = c.req.valid("json");
    const edited = json?.body === undefined ? {} : { body: json.body };
    const options = { ...actorOf(c, json), ...edited, pipeline, from: stage.name };
    return c.json(await retry(await gateway.bus(), run, options), 202);
  });
}
