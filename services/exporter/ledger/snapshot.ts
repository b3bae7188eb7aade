import { z } from "zod";
import { BUCKETS_S } from "../counts/histogram.ts";

const Count = z.number().int().nonnegative();
const Histogram = z.object({
  buckets: z.array(Count).length(BUCKETS_S.length + 1),
  sum: z.number().nonnegative(),
});
/** Tables come without a prototype: their keys come from messages. */
const table = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string(), value)
    .transform((record) => Object.assign(Object.create(null) as typeof record, record));

const StageCounts = z.object({
  sent: Count,
  received: Count,
  started: Count,
  succeeded: Count,
  failed: Count,
  retried: Count,
  redelivered: Count,
  rejected: Count,
  revoked: Count,
  deadLettered: Count,
  exceptions: table(Count),
  duration: z.object({ succeeded: Histogram, failed: Histogram, retried: Histogram }),
  wait: Histogram,
});

const HostStageCounts = z.object({
  received: Count,
  started: Count,
  succeeded: Count,
  rejected: Count,
  revoked: Count,
  retried: Count,
  failed: table(Count),
  runtime: Histogram,
});

/** How far a stream is counted. */
const Place = z.object({
  /** When the stream was made, ms: another stream under the same name is counted anew. */
  created: z.number(),
  /** Sequence up to which everything is counted. */
  seq: Count,
});
export type Place = z.infer<typeof Place>;

/** Counts with the place in every stream they stand at, as kept in the KV bucket. */
export const Snapshot = z.object({
  version: z.literal(1),
  places: z.record(z.string(), Place),
  counts: z.object({
    stages: table(StageCounts),
    hours: z.array(Count).length(24),
    hosts: table(z.object({ seenAt: z.number(), stages: table(HostStageCounts) })).nullable(),
    lastEventAt: z.number(),
  }),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Places by stream. */
export type Places = Readonly<Record<string, Place>>;

/** True when `ours` is at no place behind `theirs` and ahead at one: only then does it tell more. */
export function supersedes(ours: Places, theirs: Places): boolean {
  let ahead = false;
  for (const stream of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const mine = ours[stream] ?? { created: 0, seq: 0 };
    const other = theirs[stream] ?? { created: 0, seq: 0 };
    const order = mine.created - other.created || mine.seq - other.seq;
    if (order < 0) return false;
    if (order > 0) ahead = true;
  }
  return ahead;
}
