import { z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import { Uid } from "#shared/messages";
import type { App, Gateway } from "../context.ts";
import { parseEventId } from "../events/event-id.ts";
import { streamEvents } from "../events/stream-events.ts";
import { problems, QueryList } from "../http/openapi.ts";
import { HttpProblem } from "../http/problem.ts";

const Query = z.object({
  uid: Uid.optional(),
  type: QueryList.optional().describe("`diagram.completed`, `task.failed`, or a beginning: `diagram.*`"),
  after: z.string().optional().describe("as Last-Event-ID, where headers cannot be set"),
});

/** Each reader costs the server two consumers. */
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
      "Events `diagram` (a message of the pipeline) and `task` (a lifecycle event). The id is the stream sequence, `<DIAGRAM>-<TASKS>`; send it back as Last-Event-ID to miss nothing.",
    request: { query: Query, headers: z.object({ "last-event-id": z.string().optional() }) },
    responses: {
      200: { description: "a stream", content: { "text/event-stream": { schema: z.string() } } },
      ...problems,
    },
  });

  app.get("/api/events", async (c) => {
    const { uid, type, after } = Query.parse(
      c.req.queries("type") ? { ...c.req.query(), type: c.req.queries("type") } : c.req.query(),
    );
    const start = parseEventId(c.req.header("last-event-id") ?? after);
    const bus = await gateway.bus();
    if (readers >= READERS_MAX)
      throw new HttpProblem(503, "TOO_MANY_READERS", `${READERS_MAX} readers follow the events already`);
    readers++;
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      try {
        await streamEvents(bus, stream, { ...(uid === undefined ? {} : { uid }), types: type ?? [] }, start);
      } catch (error) {
        gateway.log.warn({ error: (error as Error).message }, "a reader of the live events was cut off");
      } finally {
        readers--;
      }
    });
  });
}
