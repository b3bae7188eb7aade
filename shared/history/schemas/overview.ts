import { z } from "zod";
import { CountByState, Duration, Time } from "./common.ts";

export const OverviewQuery = z.object({
  pipeline: z.string().max(100).optional(),
  /** Back from now: for p50/p95 and the series; 1 minute to 6 hours. */
  windowMs: z.number().int().min(60_000).max(21_600_000).default(3_600_000),
});
export type OverviewQuery = z.infer<typeof OverviewQuery>;

/** One stage: what is in it now, what it did ever, and how long things take. */
export const StageOverview = z.object({
  pipeline: z.string(),
  stage: z.string(),
  queue: z.string(),
  pending: z.number().int(),
  active: z.number().int(),
  retrying: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  revoked: z.number().int(),
  deadLettered: z.number().int(),
  /** Ended in the last minute, per second. */
  perSecond: z.number(),
  /** Within 5 %; null when nothing ended in the window. */
  waitP50Ms: Duration.nullable(),
  waitP95Ms: Duration.nullable(),
  runP50Ms: Duration.nullable(),
  runP95Ms: Duration.nullable(),
  /** Age of the oldest task that has not started. */
  oldestPendingMs: Duration.nullable(),
});
export type StageOverview = z.infer<typeof StageOverview>;

/** Tasks ended per slot of `stepMs`; the last slot is still filling. */
export const SeriesPoint = z.object({
  at: Time,
  succeeded: z.number().int(),
  failed: z.number().int(),
  retried: z.number().int(),
});

export const Overview = z.object({
  at: Time,
  runs: z.object({
    byState: CountByState,
    total: z.number().int(),
    /** Neither over nor waiting for a person. */
    active: z.number().int(),
    waiting: z.number().int(),
    /** Over without error. */
    done: z.number().int(),
    failed: z.number().int(),
  }),
  tasks: z.object({
    /** Ever seen, those dropped by retention included. */
    byState: CountByState,
    active: z.number().int(),
    done: z.number().int(),
    failed: z.number().int(),
    /** Ended per second over the last minute, 5 and 15 minutes, hour. */
    perSecond: z.object({ m1: z.number(), m5: z.number(), m15: z.number(), h1: z.number() }),
    failedLastHour: z.number().int(),
    /** Of what ended in the window, 0..1; null when nothing did. */
    successRate: z.number().nullable(),
  }),
  stages: z.array(StageOverview),
  series: z.object({ stepMs: z.number().int(), points: z.array(SeriesPoint) }),
  deadLetters: z.number().int(),
  workersOnline: z.number().int(),
});
export type Overview = z.infer<typeof Overview>;
