import { z } from "zod";
import { Time } from "./common.ts";
import { Attempt, TaskSummary } from "./tasks.ts";

/** One message of a run, as the stream holds it. */
export const TimelineEvent = z.object({
  /** e.g. `diagram.segmented`. */
  type: z.string(),
  state: z.string(),
  /** Stage that made it; null for what people and clients publish. */
  stage: z.string().nullable(),
  seq: z.number().int(),
  at: Time,
  generation: z.number().int(),
});
export type TimelineEvent = z.infer<typeof TimelineEvent>;

/** Everything needed to draw a run as a waterfall: what happened, and each attempt with wait and run apart. */
export const Timeline = z.object({
  uid: z.string(),
  pipeline: z.string(),
  /** By stream sequence, at most the last 1000. */
  events: z.array(TimelineEvent),
  /** By creation, at most the last 200. */
  tasks: z.array(TaskSummary.extend({ executions: z.array(Attempt) })),
});
export type Timeline = z.infer<typeof Timeline>;
