import { createRoute, z } from "@hono/zod-openapi";
import { listQueues, pause, purge, resume } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

const StageQueue = z.object({
  stage: z.string(),
  pipeline: z.string(),
  queue: z.string(),
  pending: z.number().int(),
  inFlight: z.number().int(),
  redelivered: z.number().int(),
  oldestMs: z.number().nullable(),
  paused: z.boolean(),
  pulls: z.number().int(),
});

const NameParam = z.object({ name: z.string().max(60) });
const Stages = z.object({ stages: z.array(z.string()) });

const list = createRoute({
  method: "get",
  path: "/api/queues",
  tags: ["queues"],
  summary: "What waits in front of every stage",
  responses: {
    200: json(z.object({ at: z.number(), queues: z.array(StageQueue) }), "by stage"),
    ...problems,
  },
});

const act = (verb: "pause" | "resume", summary: string) =>
  createRoute({
    method: "post",
    path: `/api/queues/{name}/${verb}`,
    tags: ["queues"],
    summary,
    request: { params: NameParam, ...body(Actor) },
    responses: { 200: json(Stages, "the stages it concerns"), ...problems },
  });

const purgeRoute = createRoute({
  method: "post",
  path: "/api/queues/{name}/purge",
  tags: ["queues"],
  summary: "Revoke every diagram that waits in a queue",
  request: {
    params: NameParam,
    ...body(Actor.extend({ confirm: z.string().optional().describe("the queue's name, typed again") })),
  },
  responses: { 200: json(z.object({ revoked: z.array(z.string()) }), "the diagrams revoked"), ...problems },
});

/** Queues and stages: look, pause, resume, purge. */
export function queues(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) =>
    c.json({ at: Date.now(), queues: await listQueues(await gateway.bus()) }, 200),
  );
  const pauseRoute = act("pause", "Hand out no more work of a stage or queue");
  app.openapi(pauseRoute, async (c) => {
    const actor = actorOf(c, c.req.valid("json"));
    return c.json({ stages: await pause(await gateway.bus(), c.req.valid("param").name, actor) }, 200);
  });
  const resumeRoute = act("resume", "Hand out work again");
  app.openapi(resumeRoute, async (c) => {
    const actor = actorOf(c, c.req.valid("json"));
    return c.json({ stages: await resume(await gateway.bus(), c.req.valid("param").name, actor) }, 200);
  });
  app.openapi(purgeRoute, async (c) => {
    const { name } = c.req.valid("param");
    const json = c.req.valid("json");
    if (json?.confirm !== name)
      throw new HttpProblem(
        400,
        "NOT_CONFIRMED",
        `purging revokes diagrams: send {"confirm": "${name}"} to mean it`,
      );
    return c.json({ revoked: await purge(await gateway.bus(), name, actorOf(c, json)) }, 200);
  });
}
