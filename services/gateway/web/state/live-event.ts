/** A live event as pages see it. */
export interface LiveEvent {
  kind: "diagram" | "task";
  /** `diagram.completed`, `task.failed` … */
  type: string;
  /** Id of the diagram or run. */
  run: string;
  /** Id of the task; of task events only. */
  task?: string;
  /** The event as the gateway sent it. */
  data: Record<string, unknown>;
}

/** What the connection tells its pages. */
export type LiveMessage = { type: "state"; state: "live" | "away" } | { type: "events"; events: LiveEvent[] };

/** An event of the gateway's stream as pages see it. */
export function liveEvent(kind: "diagram" | "task", data: Record<string, unknown>): LiveEvent {
  return kind === "diagram"
    ? { kind, type: String(data.type), run: String(data.uid), data }
    : { kind, type: String(data.type), run: String(data.run), task: String(data.task), data };
}
