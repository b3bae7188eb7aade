import { z } from "zod";
import { WorkerBeat } from "#shared/messages";
import { Time } from "./common.ts";

/** A worker's last sign of life. */
export const WorkerRow = WorkerBeat.extend({
  /** Heard from lately and not gone; otherwise `state` is `offline`. */
  online: z.boolean(),
  /** Tasks per second between the last two beats; null after one beat. */
  perSecond: z.number().nullable(),
  /** Share of one core between the last two beats, 1 = all of it. */
  cpu: z.number().nullable(),
});
export type WorkerRow = z.infer<typeof WorkerRow>;

export const WorkersQuery = z.object({
  stage: z.string().max(100).optional(),
  online: z.boolean().optional(),
});
export type WorkersQuery = z.infer<typeof WorkersQuery>;

/** At most the 500 heard from last. */
export const WorkersAnswer = z.object({ at: Time, workers: z.array(WorkerRow) });
export type WorkersAnswer = z.infer<typeof WorkersAnswer>;
