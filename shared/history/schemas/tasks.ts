import { z } from "zod";
import { LogLine, TaskError } from "#shared/messages";
import { Cursor, Duration, limit, oneOrMore, Time } from "./common.ts";

/** Celery's and Flower's names, plus the one they lack. */
export const TaskState = z.enum([
  "PENDING",
  "RECEIVED",
  "STARTED",
  "RETRY",
  "SUCCESS",
  "FAILURE",
  "REVOKED",
  "DEAD_LETTERED",
]);
export type TaskState = z.infer<typeof TaskState>;

/** States in which a task stays unless a person acts. */
export const FINISHED_STATES: readonly TaskState[] = ["SUCCESS", "FAILURE", "REVOKED", "DEAD_LETTERED"];

/** How one execution of a task ended; `lost` when its worker died or its lease ran out. */
export const AttemptOutcome = z.enum([
  "succeeded",
  "skipped",
  "retried",
  "failed",
  "revoked",
  "released",
  "dead-lettered",
  "lost",
]);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

export const Attempt = z.object({
  /** 1 for the first execution. */
  attempt: z.number().int(),
  /** Stream sequence of the message it worked on; attempts start again when a message is sent again. */
  seq: z.number().int(),
  worker: z.string().nullable(),
  received: Time.nullable(),
  started: Time.nullable(),
  ended: Time.nullable(),
  runtimeMs: Duration.nullable(),
  outcome: AttemptOutcome.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const TaskSummary = z.object({
  /** `<stage>.<run>` or `<stage>.<run>.<part>`, plus `.g<n>` for the n-th manual retry. */
  id: z.string(),
  pipeline: z.string(),
  stage: z.string(),
  queue: z.string(),
  run: z.string(),
  /** Part of the run the task is about; null for a task of the whole run. */
  part: z.string().nullable(),
  generation: z.number().int(),
  state: TaskState,
  /** Executions so far. */
  attempts: z.number().int(),
  worker: z.string().nullable(),
  /** Stream sequence of its message; 0 when unknown. */
  seq: z.number().int(),
  created: Time,
  updated: Time,
  sent: Time.nullable(),
  received: Time.nullable(),
  started: Time.nullable(),
  ended: Time.nullable(),
  /** From stored to first started. */
  waitMs: Duration.nullable(),
  /** Of the last attempt. */
  runtimeMs: Duration.nullable(),
  /** When a task in RETRY runs again. */
  retryAt: Time.nullable(),
  progress: z.number().nullable(),
  note: z.string().nullable(),
  /** In lists the first 300 characters. */
  args: z.string().nullable(),
  /** In lists the first 300 characters. */
  result: z.string().nullable(),
  /** `stack` in lists that are asked for whole texts. */
  error: z.object({ code: z.string(), message: z.string(), stack: z.string().optional() }).nullable(),
});
export type TaskSummary = z.infer<typeof TaskSummary>;

export const TaskDetail = TaskSummary.extend({
  error: TaskError.nullable(),
  /** What its handler wrote, at most the last 200 lines of all attempts, oldest first. */
  log: z.array(LogLine),
  /** At most the last 200, oldest first. */
  executions: z.array(Attempt),
});
export type TaskDetail = z.infer<typeof TaskDetail>;

/** Orders of a list of tasks; `-` before a column turns it round. */
export const TaskSort = z.enum([
  ...["newest", "oldest", "updated", "runtime", "wait", "attempts"],
  ...["stage", "-stage", "state", "-state", "received", "-received", "started", "-started"],
] as const);
export type TaskSort = z.infer<typeof TaskSort>;

export const TasksQuery = z.object({
  state: oneOrMore(TaskState).optional(),
  stage: oneOrMore(z.string().max(100)).optional(),
  pipeline: z.string().max(100).optional(),
  queue: z.string().max(100).optional(),
  worker: z.string().max(200).optional(),
  run: z.string().max(100).optional(),
  /** Created at or after, before. */
  from: Time.optional(),
  to: Time.optional(),
  /** See README: words, phrases, `args:`, `result:`, `error:`, `-word`. */
  q: z.string().max(500).optional(),
  /** Received at or after, at or before; tasks nobody received yet pass both. */
  receivedFrom: Time.optional(),
  receivedTo: Time.optional(),
  sort: TaskSort.default("newest"),
  /** Whole arguments, results and errors with their stacks, instead of their beginnings. */
  full: z.boolean().default(false),
  cursor: Cursor.optional(),
  /** Skips rows: for Flower's API; a cursor is faster. */
  offset: z.number().int().min(0).max(1_000_000).default(0),
  limit: limit(500),
});
export type TasksQuery = z.infer<typeof TasksQuery>;

export const TasksPage = z.object({
  tasks: z.array(TaskSummary),
  cursor: z.string().nullable(),
  /** All that match; null when counting would cost a scan. */
  total: z.number().int().nullable(),
});
export type TasksPage = z.infer<typeof TasksPage>;

export const TaskQuery = z.object({ id: z.string().max(300) });
export type TaskQuery = z.infer<typeof TaskQuery>;
