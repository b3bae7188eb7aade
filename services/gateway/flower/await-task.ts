import { PenstockError } from "#shared/errors";
import { FINISHED_STATES, type TaskDetail } from "#shared/history";
import { eventOf, readRun, taskNamed } from "#shared/operate";
import type { Gateway } from "../context.ts";
import { celeryState, exceptionOf } from "./flower-task.ts";

/** A task, or null for one nobody has heard of (yet). */
export async function findTask(gateway: Gateway, id: string): Promise<TaskDetail | null> {
  try {
    return await (await gateway.history()).getTask(id);
  } catch (error) {
    if (error instanceof PenstockError && error.code === "TASK_NOT_FOUND") return null;
    throw error;
  }
}

/** Looked at this often at first, and less and less often, ms. */
const POLL_MS = { first: 50, most: 1_000 };

/** Waits until a task is over, the time is up or the reader is gone; gives the task as it is then. */
export async function awaitTask(
  gateway: Gateway,
  id: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<TaskDetail | null> {
  const deadline = Date.now() + timeoutMs;
  for (let pause = POLL_MS.first; ; pause = Math.min(POLL_MS.most, pause * 1.5)) {
    const task = await findTask(gateway, id);
    if (task && FINISHED_STATES.includes(task.state)) return task;
    if (Date.now() + pause > deadline || signal?.aborted) return task;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Flower's answer about a task's result; `result` only once it is over, `traceback` only when it failed. */
export async function resultOf(
  gateway: Gateway,
  id: string,
  task: TaskDetail | null,
): Promise<Record<string, unknown>> {
  const answer: Record<string, unknown> = {
    "task-id": id,
    state: task ? celeryState(task.state) : "PENDING",
  };
  if (!task || !FINISHED_STATES.includes(task.state)) return answer;
  if (task.state === "SUCCESS") return { ...answer, result: await bodyOfResult(gateway, task) };
  if (task.state === "REVOKED") return { ...answer, result: task.note ?? "revoked" };
  return { ...answer, result: task.error && exceptionOf(task.error), traceback: task.error?.stack ?? null };
}

/** The message the task's stage gave, or its type when the stream has it no more. */
async function bodyOfResult(gateway: Gateway, task: TaskDetail): Promise<unknown> {
  try {
    const { pipeline, stage, run } = taskNamed(task.id);
    const now = await readRun(await gateway.bus(), pipeline, run);
    const event = stage.gives.map((type) => eventOf(now, type)).find((each) => each !== undefined);
    return event ? event.body() : task.result;
  } catch (error) {
    if (error instanceof PenstockError && error.kind !== "retryable") return task.result;
    throw error;
  }
}
