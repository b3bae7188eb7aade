import { createRoute, z } from "@hono/zod-openapi";
import { WorkersAnswer } from "#shared/history";
import { control, getStageSettings, setStageSettings } from "#shared/operate";
import { StageSettings } from "#shared/stage";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, body, json, problems } from "../http/openapi.ts";

const list = createRoute({
  method: "get",
  path: "/api/v1/workers",
  tags: ["workers"],
  summary: "Workers and their last signs of life",
  request: { query: z.object({ stage: z.string().max(100).optional() }) },
  responses: { 200: json(WorkersAnswer, "newest first"), ...problems },
});

const controlRoute = createRoute({
  method: "post",
  path: "/api/stages/{stage}/control/{verb}",
  tags: ["workers"],
  summary: "Tell or ask every worker of a stage, or one of them",
  request: {
    params: z.object({ stage: z.string().max(60), verb: z.string().max(40) }),
    ...body(
      Actor.extend({
        worker: z.string().max(200).optional(),
        args: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  },
  responses: {
    200: json(z.object({ replies: z.array(z.record(z.string(), z.unknown())) }), "every worker's answer"),
    ...problems,
  },
});

const StageParam = z.object({ stage: z.string().max(60) });

const getSettings = createRoute({
  method: "get",
  path: "/api/stages/{stage}/settings",
  tags: ["workers"],
  summary: "Run-time settings of a stage",
  request: { params: StageParam },
  responses: { 200: json(StageSettings, "those that are set"), ...problems },
});

const patchSettings = createRoute({
  method: "patch",
  path: "/api/stages/{stage}/settings",
  tags: ["workers"],
  summary: "Change run-time settings of a stage; workers follow at once",
  request: { params: StageParam, body: { content: { "application/json": { schema: StageSettings } } } },
  responses: { 200: json(StageSettings, "all that are set now"), ...problems },
});

/** Workers: who is there, control verbs, run-time settings. */
export function workers(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) =>
    c.json(await (await gateway.history()).listWorkers(c.req.valid("query")), 200),
  );
  app.openapi(controlRoute, async (c) => {
    const { stage, verb } = c.req.valid("param");
    const json = c.req.valid("json");
    const request = { ...json?.args, ...(json?.worker === undefined ? {} : { worker: json.worker }) };
    return c.json(
      { replies: await control(await gateway.bus(), stage, verb, request, actorOf(c, json)) },
      200,
    );
  });
  app.openapi(getSettings, async (c) =>
    c.json(await getStageSettings(await gateway.bus(), c.req.valid("param").stage), 200),
  );
  app.openapi(patchSettings, async (c) => {
    const bus = await gateway.bus();
    return c.json(
      await setStageSettings(bus, c.req.valid("param").stage, c.req.valid("json"), actorOf(c, undefined)),
      200,
    );
  });
}
