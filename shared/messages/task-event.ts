import { z } from "zod";
import { StoredLogLine } from "./log-line.ts";

/** What may happen to a task, an execution of one stage for one message. */
export const TaskEventKind = z.enum([
  "sent", // its message is stored in the stream
  "received", // a worker has it
  "started", // the handler runs
  "progress",
  "retried", // failed, will be tried again after delayMs
  "redelivered", // came again because a worker died or its lease ran out
  "succeeded",
  "skipped", // the result was in the stream already: acked without running
  "failed", // for good
  "revoked", // a person ended it
  "released", // handed back unfinished by a worker that stops
  "dead-lettered",
]);
export type TaskEventKind = z.infer<typeof TaskEventKind>;

export const TaskError = z.object({
  kind: z.string(),
  code: z.string(),
  message: z.string(),
  name: z.string(),
  stack: z.string().optional(),
});
export type TaskError = z.infer<typeof TaskError>;

/** One lifecycle event. Times are ms since the epoch, durations ms. */
export const TaskEvent = z.object({
  kind: TaskEventKind,
  /** `<stage>.<run>` or `<stage>.<run>.<part>`, plus `.g<n>` for the n-th manual retry. */
  task: z.string(),
  pipeline: z.string(),
  stage: z.string(),
  queue: z.string(),
  /** Id of the diagram or run. */
  run: z.string(),
  /** Name of the part of the run this task is about. */
  part: z.string().optional(),
  generation: z.number().int().nonnegative(),
  /** 1 for the first execution. */
  attempt: z.number().int().nonnegative(),
  at: z.number(),
  /** Stream sequence of the task's message; 0 when unknown. */
  seq: z.number().int().nonnegative(),
  worker: z.string().optional(),
  /** From stored to started. */
  waitMs: z.number().optional(),
  runtimeMs: z.number().optional(),
  delayMs: z.number().optional(),
  progress: z.number().min(0).max(1).optional(),
  note: z.string().max(1000).optional(),
  args: z.string().max(4000).optional(),
  result: z.string().max(4000).optional(),
  error: TaskError.optional(),
  /** Log lines since the event before, oldest first. */
  log: z.array(StoredLogLine).max(200).optional(),
});
export type TaskEvent = z.infer<typeof TaskEvent>;

/** One message of the TASKS stream: the events one worker gathered since its last flush, in order. */
export const TaskEvents = z.object({ worker: z.string(), host: z.string(), events: z.array(TaskEvent) });
export type TaskEvents = z.infer<typeof TaskEvents>;

/** `task.worker.<id>`: a worker's sign of life. */
export const WorkerBeat = z.object({
  worker: z.string(),
  host: z.string(),
  pid: z.number(),
  stage: z.string(),
  queue: z.string(),
  slots: z.number(),
  active: z.number(),
  processed: z.number(),
  failed: z.number(),
  duplicates: z.number(),
  residentBytes: z.number(),
  cpuSeconds: z.number(),
  startedAt: z.number(),
  at: z.number(),
  state: z.enum(["online", "draining", "offline"]),
  version: z.string(),
  /** Version of each model its last task ran. */
  models: z.record(z.string(), z.string()).optional(),
  /** Why a live model is not in use, by name; absent when all is well. */
  troubles: z.record(z.string(), z.string()).optional(),
});
export type WorkerBeat = z.infer<typeof WorkerBeat>;
