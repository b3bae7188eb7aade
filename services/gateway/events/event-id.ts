import type { Pipeline } from "#shared/pipeline";
import { HttpProblem } from "../http/problem.ts";

/** Where a reader of the live events is: last stream sequence seen, by stream. */
export type EventPosition = Record<string, number>;

/** Streams in the order in which an id names them: those of the pipelines, `TASKS` behind the first. */
export function streamsOf(pipelines: readonly Pipeline[]): string[] {
  const [first = "", ...rest] = pipelines.map(({ stream }) => stream);
  return [first, "TASKS", ...rest];
}

/** `<first pipeline>-<TASKS>-<next pipeline>…`; a stream not followed is left empty, those at the end are left out. */
export function formatEventId(position: EventPosition, streams: readonly string[]): string {
  return streams
    .map((stream) => position[stream] ?? "")
    .join("-")
    .replace(/-+$/, "");
}

/**
 * Reads a `Last-Event-ID`; nothing given means from now on. `120` alone is a position in the first stream.
 * @throws HttpProblem `BAD_EVENT_ID`
 */
export function parseEventId(text: string | undefined, streams: readonly string[]): EventPosition {
  if (text === undefined || text === "") return {};
  const parts = text.split("-");
  if (!/^\d{0,15}(-\d{0,15})*$/.test(text) || parts.length > streams.length)
    throw new HttpProblem(400, "BAD_EVENT_ID", `Last-Event-ID "${text.slice(0, 40)}" is no stream sequence`);
  const position: EventPosition = {};
  for (const [i, part] of parts.entries()) if (part !== "") position[streams[i] as string] = Number(part);
  return position;
}
