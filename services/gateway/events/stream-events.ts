import type { SSEStreamingApi } from "hono/streaming";
import type { Bus } from "#shared/bus";
import type { TaskEvent } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import { describeRunEvent, taskEventsOf } from "./describe.ts";
import { type EventFilter, wants, wantsAny } from "./event-filter.ts";
import { type EventPosition, formatEventId, streamsOf } from "./event-id.ts";
import { type Following, follow } from "./follow.ts";

/** A comment this often keeps proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;

/** What a reader follows. */
export interface EventsWanted {
  pipelines: readonly Pipeline[];
  filter: EventFilter;
  start: EventPosition;
}

/**
 * Writes live events until the reader goes away. A write waits until the reader took the one before, and no more is read of
 * the streams meanwhile: a slow reader falls behind in the stream, not in our memory.
 */
export async function streamEvents(
  bus: Bus,
  stream: SSEStreamingApi,
  { pipelines, filter, start }: EventsWanted,
): Promise<void> {
  const streams = streamsOf(pipelines);
  const position: EventPosition = {};
  const followed: Following[] = [];
  const jobs: Promise<void>[] = [];
  const write = (event: string, data: unknown, last: boolean) =>
    stream.writeSSE({
      event,
      data: JSON.stringify(data),
      ...(last ? { id: formatEventId(position, streams) } : {}),
    });
  const begin = async (name: string, subjects: string[]) => {
    const following = await follow(bus, name, subjects, start[name]);
    position[name] = following.from;
    followed.push(following);
    return following.messages;
  };

  const chosen = pipelines.filter(
    ({ name }) => (filter.pipeline ?? name) === name && wantsAny(filter, name) && filter.stage === undefined,
  );
  for (const pipeline of chosen) {
    const messages = await begin(pipeline.stream, subjectsFor(pipeline, filter.uid));
    jobs.push(
      (async () => {
        for await (const message of messages) {
          position[pipeline.stream] = message.seq;
          const data = describeRunEvent(pipeline, message);
          if (data && wants(filter, data.type)) await write(pipeline.name, data, true);
        }
      })(),
    );
  }
  if (wantsAny(filter, "task")) {
    const messages = await begin("TASKS", ["task.events.>"]);
    jobs.push(
      (async () => {
        for await (const message of messages) {
          const events = taskEventsOf(message).filter((event) => wantsTask(filter, event));
          position.TASKS = message.seq;
          // All events of a message share its sequence: only the last one is a place to resume from.
          for (const [i, event] of events.entries())
            await write("task", { type: `task.${event.kind}`, ...event }, i === events.length - 1);
        }
      })(),
    );
  }
  // Says where the stream begins, so that a reader who loses it before the first event misses nothing.
  await stream.writeSSE({ event: "hello", data: "{}", id: formatEventId(position, streams), retry: 2_000 });
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

/** Subjects of a pipeline, or of one of its runs and the run's parts. */
function subjectsFor({ name }: Pipeline, uid: string | undefined): string[] {
  return uid === undefined ? [`${name}.>`] : [`${name}.*.${uid}`, `${name}.*.${uid}.*`];
}

function wantsTask({ uid, pipeline, stage, ...filter }: EventFilter, event: TaskEvent): boolean {
  return (
    (uid ?? event.run) === event.run &&
    (pipeline ?? event.pipeline) === event.pipeline &&
    (stage ?? event.stage) === event.stage &&
    wants(filter, `task.${event.kind}`)
  );
}
