import { createRoute, z } from "@hono/zod-openapi";
import { TasksQuery } from "#shared/history";
import { BULK_MAX, bulkTasks } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, json, problems } from "../http/openapi.ts";

const { state, stage, pipeline, queue, worker, run, from, to, q } = TasksQuery.shape;

const Bulk = Actor.extend({
  action: z.enum(["retry", "revoke"]),
  filter: z.object({ state, stage, pipeline, queue, worker, run, from, to, q }).optional(),
  ids: z.array(z.string().max(300)).min(1).max(BULK_MAX).optional(),
  dryRun: z.boolean().default(false).describe("only say what would happen"),
  reason: z.string().trim().min(1).max(1000),
}).refine((json) => (json.filter === undefined) !== (json.ids === undefined), "send a filter or ids");

const bulkRoute = createRoute({
  method: "post",
  path: "/api/tasks/bulk",
  tags: ["tasks"],
  summary: "Retry or revoke many tasks, with a reason; or see first which",
  description: `At most ${BULK_MAX} at once. Each is refused or done on its own. A dry run does nothing, and tries the first 20.`,
  request: { body: { required: true, content: { "application/json": { schema: Bulk } } } },
  responses: {
    200: json(
      z.object({
        matched: z.number().int(),
        done: z.number().int(),
        refused: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
        sample: z.array(
          z.object({ id: z.string(), run: z.string(), stage: z.string(), state: z.string().nullable() }),
        ),
      }),
      "what became of it",
    ),
    ...problems,
  },
});

/** Many tasks at once. */
export function bulk(app: App, gateway: Gateway): void {
  app.openapi(bulkRoute, async (c) => {
    const { action, filter, ids, dryRun, reason, by } = c.req.valid("json");
    const which = filter === undefined ? { ids: ids ?? [] } : { filter };
    const options = { ...actorOf(c, { by }), action, dryRun, reason, ...which };
    return c.json(await bulkTasks(await gateway.bus(), options), 200);
  });
}
