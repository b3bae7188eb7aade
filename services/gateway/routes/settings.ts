import { createRoute, z } from "@hono/zod-openapi";
import { allStages, getStageSettings, setStageSettings } from "#shared/operate";
import type { Stage } from "#shared/pipeline";
import { StageSettings } from "#shared/stage";
import type { App, Gateway } from "../context.ts";
import { Actor, actorOf, json, problems } from "../http/openapi.ts";
import { checkOptions, optionsOf, StageOption } from "../settings/stage-options.ts";

/** A stage with its run-time settings. */
const StageSettingsRow = z.object({
  stage: z.string(),
  pipeline: z.string(),
  queue: z.string(),
  /** What holds now: null where the stage's own limits hold or nothing limits it. */
  settings: z.object({
    ratePerMinute: z.number().nullable(),
    softLimitMs: z.number().nullable(),
    hardLimitMs: z.number().nullable(),
    slots: z.number().nullable(),
    autoscale: z.object({ min: z.number(), max: z.number() }).nullable(),
    /** Overrides of `options`. */
    options: z.record(z.string(), z.unknown()),
  }),
  /** What the stage declares and does unless told otherwise. */
  declared: z.object({ softLimitMs: z.number(), hardLimitMs: z.number(), slots: z.number() }),
  options: z.array(StageOption),
});
export type StageSettingsRow = z.infer<typeof StageSettingsRow>;

const list = createRoute({
  method: "get",
  path: "/api/settings",
  tags: ["settings"],
  summary: "Run-time settings of every stage, and the options each has",
  responses: {
    200: json(z.object({ stages: z.array(StageSettingsRow) }), "in the order of the pipelines"),
    ...problems,
  },
});

const Change = StageSettings.extend(Actor.shape);

const patch = createRoute({
  method: "patch",
  path: "/api/settings/{stage}",
  tags: ["settings"],
  summary: "Change run-time settings of a stage; workers follow at once, and those that start later too",
  description: "Only what is named changes; null takes a setting or an option's override away.",
  request: {
    params: z.object({ stage: z.string().max(60) }),
    body: { required: true, content: { "application/json": { schema: Change } } },
  },
  responses: { 200: json(StageSettingsRow, "all that hold now"), ...problems },
});

/** Run-time settings: kept in KV `settings`, watched by every worker. */
export function settings(app: App, gateway: Gateway): void {
  app.openapi(list, async (c) => {
    const bus = await gateway.bus();
    const stages = await Promise.all(
      allStages().map(async (stage) => rowOf(stage, await getStageSettings(bus, stage.name))),
    );
    return c.json({ stages }, 200);
  });

  app.openapi(patch, async (c) => {
    const name = c.req.valid("param").stage;
    const { by, reason, ...change } = c.req.valid("json");
    checkOptions(name, change.options);
    const now = await setStageSettings(await gateway.bus(), name, change, actorOf(c, { by, reason }));
    const stage = allStages().find((each) => each.name === name) as Stage;
    return c.json(rowOf(stage, now), 200);
  });
}

function rowOf(stage: Stage, set: StageSettings): StageSettingsRow {
  const {
    ratePerMinute = null,
    softLimitMs = null,
    hardLimitMs = null,
    slots = null,
    autoscale = null,
  } = set;
  return {
    stage: stage.name,
    pipeline: stage.pipeline,
    queue: stage.queue,
    settings: { ratePerMinute, softLimitMs, hardLimitMs, slots, autoscale, options: set.options ?? {} },
    declared: {
      softLimitMs: stage.softLimitMs,
      hardLimitMs: stage.hardLimitMs,
      slots: stage.concurrency,
    },
    options: optionsOf(stage.name),
  };
}
