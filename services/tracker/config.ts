import { z } from "zod";

/** Settings of the tracker, read from the environment (`TRACKER_DB_PATH` …). */
export const TrackerConfig = z.object({
  trackerDbPath: z
    .string()
    .min(1)
    .default(".penstock/history.db")
    .describe("File of the history database, one per tracker"),
  trackerKeepDays: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe("Finished tasks older than this many days are dropped from the history"),
  trackerKeepTasks: z
    .number()
    .int()
    .min(1_000)
    .max(10_000_000)
    .default(200_000)
    .describe("The oldest finished tasks beyond this many are dropped from the history"),
});
export type TrackerConfig = z.infer<typeof TrackerConfig>;
