import type { Bus } from "#shared/bus";
import type { Names } from "../counts/names.ts";
import { UNKNOWN } from "../counts/names.ts";

/** Counts the dead letters that lie there now, by queue; asks for their subjects only when the stream has changed. */
export function deadLetterReader(bus: Bus, names: Names): () => Promise<ReadonlyMap<string, number>> {
  let seen = "";
  let byQueue = new Map<string, number>();
  return async () => {
    const { state, created } = await bus.jsm.streams.info("DEAD");
    const now = [created, state.messages, state.first_seq, state.last_seq].join();
    if (now === seen) return byQueue;
    const { state: full } = await bus.jsm.streams.info("DEAD", { subjects_filter: "dead.>" });
    byQueue = new Map();
    for (const [subject, count] of Object.entries(full.subjects ?? {})) {
      const queue = names.queues.get(subject.split(".")[2] ?? "") ?? UNKNOWN;
      byQueue.set(queue, (byQueue.get(queue) ?? 0) + count);
    }
    seen = now;
    return byQueue;
  };
}
