import { z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { Uid } from "#shared/messages";
import { allPipelines, pipelineNamed } from "#shared/operate";
import type { App, Gateway } from "../context.ts";
import { parseEventId, streamsOf } from "../events/event-id.ts";
import { streamEvents } from "../events/stream-events.ts";
import { problems, QueryList } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

const Query = z.object({
  uid: Uid.optional(),
  pipeline: z.string().max(60).optional().describe("of this pipeline and its tasks only"),
  stage: z.string().max(60).optional().describe("of tasks of this stage only"),
  type: QueryList.optional().describe("`diagram.completed`, `task.failed`, or a beginning: `diagram.*`"),
  after: z.string().optional().describe("as Last-Event-ID, where headers cannot be set"),
});

/** Each reader costs the server a consumer for each stream. */
const READERS_MAX = 200;

/** `GET /api/events`: what happens, as it happens; resumable with `Last-Event-ID`. */
export function events(app: App, gateway: Gateway): void {
  let readers = 0;
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/events",
    tags: ["live"],
    summary: "Live events (server-sent events)",
    description:
      "Events are named for their pipeline (`diagram`, `retrain`: a message of it) or `task` (a lifecycle event). The id is a place in the streams, `<DIAGRAM>-<TASKS>-<RETRAIN>`; send it back as Last-Event-ID to miss nothing. A comment every 15 s keeps a quiet stream open.",
    request: { query: Query, headers: z.object({ "last-event-id": z.string().optional() }) },
    responses: {
      200: { description: "a stream", content: { "text/event-stream": { schema: z.string() } } },
      ...problems,
    },
  });

  app.get("/api/events", async (c) => {
    const { uid, type, after, pipeline, stage } = Query.parse(
      c.req.queries("type") ? { ...c.req.query(), type: c.req.queries("type") } : c.req.query(),
    );
    const start = parseEventId(c.req.header("last-event-id") ?? after, streamsOf(allPipelines));
    if (pipeline !== undefined) pipelineNamed(pipeline);
    const bus = await gateway.bus();
    if (readers >= READERS_MAX)
      throw new HttpProblem(503, "TOO_MANY_READERS", `${READERS_MAX} readers follow the events already`);
    readers++;
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      try {
        const filter = {
          ...(uid === undefined ? {} : { uid }),
          ...(pipeline === undefined ? {} : { pipeline }),
          ...(stage === undefined ? {} : { stage }),
          types: type ?? [],
        };
        await streamEvents(bus, stream, { pipelines: allPipelines, filter, start });
      } catch (error) {
        gateway.log.warn({ error: (error as Error).message }, "a reader of the live events was cut off");
      } finally {
        readers--;
      }
    });
  });
}
