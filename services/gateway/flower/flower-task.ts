import { z } from "@hono/zod-openapi";
import type { TaskDetail, TaskState, TaskSummary } from "#shared/history";

const Seconds = z.number().nullable();
const Text = z.string().nullable();

/** A task as Flower shows it (celery.events.state.Task): times in seconds since the epoch, texts as they were told. */
export const FlowerTask = z.object({
  uuid: z.string(),
  name: z.string(),
  state: z.string(),
  sent: Seconds,
  received: Seconds,
  started: Seconds,
  rejected: Seconds,
  succeeded: Seconds,
  failed: Seconds,
  retried: Seconds,
  revoked: Seconds,
  args: Text,
  kwargs: Text,
  eta: Text,
  expires: Text,
  retries: z.number().int(),
  worker: Text,
  result: Text,
  exception: Text,
  timestamp: z.number(),
  runtime: Seconds,
  traceback: Text,
  exchange: Text,
  routing_key: Text,
  clock: z.number().int(),
  client: Text,
  root: Text,
  root_id: Text,
  parent: Text,
  parent_id: Text,
  children: z.array(z.string()),
});
export type FlowerTask = z.infer<typeof FlowerTask>;

/** Celery knows no dead letters: to it they failed. */
export const celeryState = (state: TaskState): string => (state === "DEAD_LETTERED" ? "FAILURE" : state);

/** Our states that Celery calls by a name. */
export function statesOf(name: string): TaskState[] {
  if (name === "FAILURE") return ["FAILURE", "DEAD_LETTERED"];
  const known = ["PENDING", "RECEIVED", "STARTED", "RETRY", "SUCCESS", "REVOKED"] as const;
  return known.filter((state) => state === name);
}

const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);

/**
 * A task in Flower's words: its message is one keyword argument dictionary, its queue the routing key, its stream sequence
 * the clock. Runs take the place of canvases, so there are no parents and children.
 */
export function toFlowerTask(task: TaskSummary | TaskDetail): FlowerTask {
  const state = celeryState(task.state);
  const ended = seconds(task.ended ?? task.updated);
  return {
    uuid: task.id,
    name: task.stage,
    state,
    sent: seconds(task.sent),
    received: seconds(task.received),
    started: seconds(task.started),
    rejected: null,
    succeeded: state === "SUCCESS" ? ended : null,
    failed: state === "FAILURE" ? ended : null,
    retried: state === "RETRY" ? seconds(task.updated) : null,
    revoked: state === "REVOKED" ? ended : null,
    args: "[]",
    kwargs: task.args ?? "{}",
    eta: task.retryAt === null ? null : new Date(task.retryAt).toISOString(),
    expires: null,
    retries: Math.max(0, task.attempts - 1),
    worker: task.worker,
    result: state === "SUCCESS" ? task.result : null,
    exception: task.error === null ? null : exceptionOf(task.error),
    timestamp: task.updated / 1000,
    runtime: seconds(task.runtimeMs),
    traceback: task.error?.stack ?? null,
    exchange: null,
    routing_key: task.queue,
    clock: task.seq,
    client: null,
    root: null,
    root_id: null,
    parent: null,
    parent_id: null,
    children: [],
  };
}

/** An error in one line. */
export const exceptionOf = ({ code, message }: { code: string; message: string }): string =>
  `${code}: ${message}`;
