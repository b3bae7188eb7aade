import { createRoute, z } from "@hono/zod-openapi";
import { TaskDetail, TaskState, TasksPage } from "#shared/history";
import { Uid } from "#shared/messages";
import { parseTask, retry, revoke } from "#shared/operate";
import { diagramPipeline } from "#shared/pipeline";
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
  request: {
    query: z.object({
      state: States.optional(),
      stage: QueryList.optional(),
      queue: z.string().max(100).optional(),
      worker: z.string().max(200).optional(),
      run: z.string().max(100).optional(),
      from: QueryInt(0, 9e14).optional().describe("created at or after, ms since the epoch"),
      to: QueryInt(0, 9e14).optional().describe("created before, ms since the epoch"),
      q: z.string().max(500).optional().describe('words, "phrases", args:, result:, error:, log:, -word'),
      sort: z.enum(["newest", "oldest", "updated", "runtime", "wait", "attempts"]).optional(),
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
  summary: "One task with attempts, error and log",
  request: { params: IdParam },
  responses: { 200: json(TaskDetail, "the task"), ...problems },
});

const revokeRoute = createRoute({
  method: "post",
  path: "/api/tasks/{id}/revoke",
  tags: ["tasks"],
  summary: "End the diagram whose task this is, while the task waits or runs",
  request: { params: IdParam, ...body(Actor) },
  responses: { 202: json(z.object({ uid: Uid, seq: z.number() }), "ended"), ...problems },
});

const retryRoute = createRoute({
  method: "post",
  path: "/api/tasks/{id}/retry",
  tags: ["tasks"],
  summary: "Run this task's stage again",
  request: { params: IdParam, ...body(Actor) },
  responses: {
    202: json(
      z.object({ uid: Uid, stage: z.string(), generation: z.number().int(), seq: z.number().int() }),
      "sent again",
    ),
    ...problems,
  },
});

/** Tasks: executions of one stage for one diagram. */
export function tasks(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) =>
    c.json(await (await gateway.history()).listTasks(c.req.valid("query")), 200),
  );
  app.openapi(one, async (c) =>
    c.json(await (await gateway.history()).getTask(c.req.valid("param").id), 200),
  );
  app.openapi(revokeRoute, async (c) => {
    const actor = actorOf(c, c.req.valid("json"));
    return c.json(await revoke(await gateway.bus(), c.req.valid("param").id, actor), 202);
  });
  app.openapi(retryRoute, async (c) => {
    const task = parseTask(diagramPipeline, c.req.valid("param").id);
    const { by } = actorOf(c, c.req.valid("json"));
    return c.json(await retry(await gateway.bus(), task.run, { by, from: task.stage.name }), 202);
  });
}
