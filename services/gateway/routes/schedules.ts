import { createRoute, z } from "@hono/zod-openapi";
import { listSchedules, removeSchedule, runSchedule, setSchedule } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

const Schedule = z.object({
  name: z.string(),
  pipeline: z.string(),
  subject: z.string().describe("message it publishes"),
  cron: z.string().describe("six fields: second minute hour day month weekday"),
  timeZone: z.string(),
  enabled: z.boolean(),
  next: z.number().nullable().describe("when it fires next, ms"),
  last: z.object({ run: z.string(), at: z.number(), state: z.string() }).nullable(),
  body: z.record(z.string(), z.unknown()),
});

const NameParam = z.object({ name: z.string().max(64) });
const SELF = "/api/schedules/{name}";
const tags = ["schedules"];

const list = createRoute({
  method: "get",
  path: "/api/schedules",
  tags,
  summary: "What starts by itself, and when next",
  responses: { 200: json(z.object({ schedules: z.array(Schedule) }), "by name"), ...problems },
});

const put = createRoute({
  method: "put",
  path: SELF,
  tags,
  summary: "Make or change a schedule, switch it on or off; what is left out stays as it was",
  request: {
    params: NameParam,
    ...body(
      Actor.extend({
        cron: z.string().max(200).optional(),
        timeZone: z.string().max(100).optional(),
        enabled: z.boolean().optional(),
        body: z.record(z.string(), z.unknown()).optional(),
        pipeline: z.string().max(60).optional().describe("of a new schedule; retrain unless named"),
      }),
    ),
  },
  responses: { 200: json(Schedule, "as it is now"), ...problems },
});

const run = createRoute({
  method: "post",
  path: `${SELF}/run`,
  tags,
  summary: "Start it now; its own times stay as they are",
  request: { params: NameParam, ...body(Actor) },
  responses: { 202: json(z.object({ run: z.string() }), "the run that was started"), ...problems },
});

const remove = createRoute({
  method: "delete",
  path: SELF,
  tags,
  summary: "Take a schedule away",
  request: { params: NameParam, ...body(Actor) },
  responses: { 200: json(z.object({ removed: z.string() }), "it is gone"), ...problems },
});

/** Schedules, which the server itself keeps: list, set, run now, remove. */
export function schedules(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => c.json({ schedules: await listSchedules(await gateway.bus()) }, 200));
  app.openapi(put, async (c) => {
    const bus = await gateway.bus();
    const { name } = c.req.valid("param");
    const { by, reason, ...change } = c.req.valid("json") ?? {};
    await setSchedule(bus, name, change, actorOf(c, { by, reason }));
    const found = (await listSchedules(bus)).find((schedule) => schedule.name === name);
    if (!found)
      throw new HttpProblem(
        409,
        "CHANGED_MEANWHILE",
        `schedule "${name}" was removed by somebody else just now`,
      );
    return c.json(found, 200);
  });
  app.openapi(run, async (c) => {
    const actor = actorOf(c, c.req.valid("json"));
    return c.json(await runSchedule(await gateway.bus(), c.req.valid("param").name, actor), 202);
  });
  app.openapi(remove, async (c) => {
    const { name } = c.req.valid("param");
    await removeSchedule(await gateway.bus(), name, actorOf(c, c.req.valid("json")));
    return c.json({ removed: name }, 200);
  });
}
