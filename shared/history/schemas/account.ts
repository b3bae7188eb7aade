import { z } from "zod";
import { CountByState, Time } from "./common.ts";

export const AccountQuery = z.object({ pipeline: z.string().max(100).default("diagram") });
export type AccountQuery = z.infer<typeof AccountQuery>;

/**
 * Where every accepted run is, counted from the stream's leader and not from the database:
 * `accepted = finished.total + active + waiting + deadLettered`.
 */
export const Account = z.object({
  pipeline: z.string(),
  at: Time,
  /** The stream was read up to this sequence. */
  lastSeq: z.number().int(),
  accepted: z.number().int(),
  /** Over, by final state; `error` here means failed without a dead letter. */
  finished: z.object({ total: z.number().int(), byState: CountByState }),
  /** Queued or running. */
  active: z.number().int(),
  /** For a person. */
  waiting: z.number().int(),
  deadLettered: z.number().int(),
  /** Per stage: runs whose last message the stage takes, and messages its consumer has yet to be done with. */
  stages: z.array(z.object({ stage: z.string(), runs: z.number().int(), queued: z.number().int() })),
  /** Active runs that no consumer will ever work on: must be 0 when the system is at rest. */
  unaccounted: z.number().int(),
});
export type Account = z.infer<typeof Account>;
