import { createRoute, z } from "@hono/zod-openapi";
import { Overview } from "#shared/history";
import { DIAGRAM_ARTIFACTS, GATES, type MessageSpec, PIPELINES } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { json, problems, QueryInt } from "../http/openapi.ts";

const DeclaredMessage = z.object({
  type: z.string(),
  state: z.string(),
  final: z.boolean(),
  waits: z.boolean(),
  summary: z.string(),
});

const DeclaredStage = z.object({
  name: z.string(),
  service: z.string(),
  queue: z.string(),
  takes: z.array(z.string()),
  gives: z.array(z.string()),
  summary: z.string(),
  concurrency: z.number(),
  retries: z.number(),
  hardLimitMs: z.number(),
  inline: z.boolean(),
});
/** A stage as it is declared. */
export type DeclaredStage = z.infer<typeof DeclaredStage>;

const DeclaredPipeline = z.object({
  name: z.string(),
  stream: z.string(),
  failed: z.string(),
  revoked: z.string(),
  messages: z.array(DeclaredMessage),
  stages: z.array(DeclaredStage),
});
/** A pipeline as it is declared. */
export type DeclaredPipeline = z.infer<typeof DeclaredPipeline>;

const Declaration = z.object({
  version: z.string(),
  badge: z.string(),
  readOnly: z.boolean(),
  uploadMaxBytes: z.number(),
  pipelines: z.array(DeclaredPipeline),
  gates: z.record(
    z.string(),
    z.object({ stage: z.string(), waiting: z.string(), artifact: z.string(), from: z.string() }),
  ),
  /** Content type by artifact name. */
  artifacts: z.record(z.string(), z.string()),
});
/** What the gateway says of itself and of the pipelines. */
export type Declaration = z.infer<typeof Declaration>;

const pipeline = createRoute({
  method: "get",
  path: "/api/pipeline",
  tags: ["system"],
  summary: "The declared pipelines: what the picture is drawn from",
  responses: { 200: json(Declaration, "stages and messages in order"), ...problems },
});

const overview = createRoute({
  method: "get",
  path: "/api/overview",
  tags: ["system"],
  summary: "Counts, rates and durations, over all and by stage",
  request: {
    query: z.object({
      pipeline: z.string().max(100).optional(),
      windowMs: QueryInt(60_000, 21_600_000).optional(),
    }),
  },
  responses: { 200: json(Overview, "now"), ...problems },
});

/** The declaration as data, and how things stand. */
export function pipelineRoutes(app: App, gateway: Gateway): void {
  app.openapi(pipeline, (c) =>
    c.json(
      {
        version: gateway.version,
        badge: gateway.badge,
        readOnly: gateway.access.readOnly,
        uploadMaxBytes: gateway.uploadMaxBytes,
        pipelines: PIPELINES.map((each) => ({
          name: each.name,
          stream: each.stream,
          failed: each.failed,
          revoked: each.revoked,
          messages: Object.entries<MessageSpec>(each.messages).map(([type, spec]) => ({
            type,
            state: spec.state,
            final: spec.final ?? false,
            waits: spec.waits ?? false,
            summary: spec.summary,
          })),
          stages: Object.values(each.stages).map((stage) => ({
            name: stage.name,
            service: stage.service,
            queue: stage.queue,
            takes: [...stage.takes],
            gives: [...stage.gives],
            summary: stage.summary,
            concurrency: stage.concurrency,
            retries: stage.retries,
            hardLimitMs: stage.hardLimitMs,
            inline: stage.inline,
          })),
        })),
        gates: { ...GATES },
        artifacts: { ...DIAGRAM_ARTIFACTS },
      },
      200,
    ),
  );
  app.openapi(overview, async (c) =>
    c.json(await (await gateway.history()).overview(c.req.valid("query")), 200),
  );
}
