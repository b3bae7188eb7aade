import { type Counts, stageOf } from "./counts.ts";
import type { Names } from "./names.ts";

/** A message that a pipeline's stream stored is a task for each stage that takes it, whoever published it. */
export function countSent(counts: Counts, names: Names, subject: string): void {
  for (const name of names.takers(subject)) stageOf(counts, name).sent++;
}
