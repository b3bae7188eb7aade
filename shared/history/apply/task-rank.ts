import type { TaskEvent, TaskEventKind } from "#shared/messages";
import type { AttemptOutcome, TaskState } from "../schemas/index.ts";

/** What an event kind says about its task. */
interface Meaning {
  state: TaskState;
  /** Place within one attempt; ends outrank everything of any attempt. */
  order: number;
  outcome: AttemptOutcome | null;
}

const END = 1_000_000_000;

const MEANING: Record<TaskEventKind, Meaning> = {
  sent: { state: "PENDING", order: 0, outcome: null },
  received: { state: "RECEIVED", order: 1, outcome: null },
  redelivered: { state: "RECEIVED", order: 1, outcome: null },
  started: { state: "STARTED", order: 2, outcome: null },
  progress: { state: "STARTED", order: 2, outcome: null },
  released: { state: "PENDING", order: 3, outcome: "released" },
  retried: { state: "RETRY", order: 3, outcome: "retried" },
  failed: { state: "FAILURE", order: END, outcome: "failed" },
  revoked: { state: "REVOKED", order: END + 1, outcome: "revoked" },
  "dead-lettered": { state: "DEAD_LETTERED", order: END + 2, outcome: "dead-lettered" },
  // The result is in the stream, whatever else was said: nothing outranks it.
  skipped: { state: "SUCCESS", order: END + 3, outcome: "skipped" },
  succeeded: { state: "SUCCESS", order: END + 3, outcome: "succeeded" },
};

/** What an event means. A task skipped because its run had failed already failed itself. */
export function meaningOf({ kind, note }: Pick<TaskEvent, "kind" | "note">): Meaning {
  if (kind === "skipped" && note && /^\S+[._]failed\b/.test(note))
    return { ...MEANING.failed, outcome: "skipped" };
  return MEANING[kind];
}

/**
 * How late an event comes in the life of one message. Workers flush on their own, so events of one task arrive out of order:
 * the state is that of the highest rank seen, not of the last event.
 */
export function rankOf(event: Pick<TaskEvent, "kind" | "attempt" | "note">): number {
  const { order } = meaningOf(event);
  return order >= END ? order : event.attempt * 10 + order;
}
