import { z } from "zod";
import { Time } from "./common.ts";

export const StatusQuery = z.object({});
export type StatusQuery = z.infer<typeof StatusQuery>;

/** How far one tracker is behind each stream. */
export const TrackerStatus = z.object({
  tracker: z.string(),
  startedAt: Time,
  at: Time,
  database: z.object({ bytes: z.number(), runs: z.number().int(), tasks: z.number().int() }),
  streams: z.array(
    z.object({
      stream: z.string(),
      applied: z.number().int(),
      last: z.number().int(),
      lag: z.number().int(),
    }),
  ),
  /** Why the tables were last built anew, and when. */
  rebuilt: z.object({ at: Time, reason: z.string() }).nullable(),
});
export type TrackerStatus = z.infer<typeof TrackerStatus>;
