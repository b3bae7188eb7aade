import { type Counts, stageOf } from "./counts.ts";
import { exceptionLabel, type Names } from "./names.ts";

/** What is needed of a message of the `DEAD` stream. */
export interface DeadMessage {
  /** `dead.<pipeline>.<stage>.<run>` */
  subject: string;
  code: string;
  /** Who buried it. */
  worker: string;
}

/**
 * Counts a dead letter. What the tracker buried, because no worker lived to do it, is a failure no worker could tell of.
 */
export function countDead(counts: Counts, names: Names, { subject, code, worker }: DeadMessage): void {
  const stage = stageOf(counts, names.stage(subject.split(".")[2] ?? ""));
  stage.deadLettered++;
  if (worker !== "tracker") return;
  stage.failed++;
  const label = exceptionLabel({ code, name: "" }, stage.exceptions);
  stage.exceptions[label] = (stage.exceptions[label] ?? 0) + 1;
}
