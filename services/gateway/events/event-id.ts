import { HttpProblem } from "../http/problem.ts";

/** Where a reader of the live events is: last stream sequence seen in each stream. */
export interface EventPosition {
  /** In stream DIAGRAM. */
  runs?: number;
  /** In stream TASKS. */
  tasks?: number;
}

/** `<runs>-<tasks>`, the parts that are known; `120` alone is a position in stream DIAGRAM. */
export function formatEventId(position: EventPosition): string {
  return position.tasks === undefined
    ? String(position.runs ?? 0)
    : `${position.runs ?? 0}-${position.tasks}`;
}

/**
 * Reads a `Last-Event-ID`; nothing given means from now on.
 * @throws HttpProblem `BAD_EVENT_ID`
 */
export function parseEventId(text: string | undefined): EventPosition {
  if (text === undefined || text === "") return {};
  const match = text.match(/^(\d{1,15})(?:-(\d{1,15}))?$/);
  if (!match)
    throw new HttpProblem(400, "BAD_EVENT_ID", `Last-Event-ID "${text.slice(0, 40)}" is no stream sequence`);
  const position: EventPosition = { runs: Number(match[1]) };
  if (match[2] !== undefined) position.tasks = Number(match[2]);
  return position;
}
