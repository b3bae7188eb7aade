import type { SSEStreamingApi } from "hono/streaming";
import type { Bus } from "#shared/bus";
import { diagramPipeline } from "#shared/pipeline";
import { describeRunEvent, taskEventsOf } from "./describe.ts";
import { type EventFilter, wants, wantsAny } from "./event-filter.ts";
import { type EventPosition, formatEventId } from "./event-id.ts";
import { type Following, follow } from "./follow.ts";

/** A comment this often keeps proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;

/** Writes live events until the reader goes away. */
export async function streamEvents(
  bus: Bus,
  stream: SSEStreamingApi,
  filter: EventFilter,
  start: EventPosition,
): Promise<void> {
  const position: EventPosition = {};
  const followed: Following[] = [];
  const jobs: Promise<void>[] = [];
  const write = (event: string, data: unknown, last: boolean) =>
    stream.writeSSE({ event, data: JSON.stringify(data), ...(last ? { id: formatEventId(position) } : {}) });

  if (wantsAny(filter, "diagram")) {
    const subject = filter.uid === undefined ? ["diagram.>"] : [`diagram.*.${filter.uid}`];
    const runs = await follow(bus, diagramPipeline.stream, subject, start.runs);
    position.runs = runs.from;
    followed.push(runs);
    jobs.push(
      (async () => {
        for await (const message of runs.messages) {
          position.runs = message.seq;
          const data = describeRunEvent(diagramPipeline, message);
          if (data && wants(filter, data.type)) await write("diagram", data, true);
        }
      })(),
    );
  }
  if (wantsAny(filter, "task")) {
    const tasks = await follow(bus, "TASKS", ["task.events.>"], start.tasks);
    position.tasks = tasks.from;
    followed.push(tasks);
    jobs.push(
      (async () => {
        for await (const message of tasks.messages) {
          const events = taskEventsOf(message).filter(
            (event) =>
              (filter.uid === undefined || event.run === filter.uid) && wants(filter, `task.${event.kind}`),
          );
          position.tasks = message.seq;
          // All events of a message share its sequence: only the last one is a place to resume from.
          for (const [i, event] of events.entries())
            await write("task", { type: `task.${event.kind}`, ...event }, i === events.length - 1);
        }
      })(),
    );
  }
  // Says where the stream begins, so that a reader who loses it before the first event misses nothing.
  await stream.writeSSE({ event: "hello", data: "{}", id: formatEventId(position), retry: 2_000 });
  const keepAlive = setInterval(
    () => void stream.write(": still here\n\n").catch(() => undefined),
    KEEP_ALIVE_MS,
  );
  const stop = () => {
    for (const each of followed) each.stop();
  };
  stream.onAbort(stop);
  try {
    await Promise.race([Promise.all(jobs), bus.nc.closed()]);
  } finally {
    clearInterval(keepAlive);
    stop();
  }
}
