import type { Gateway } from "../context.ts";
import { type FlowerTask, toFlowerTask } from "./flower-task.ts";
import { numberIn } from "./read-arguments.ts";
import { taskFilter } from "./task-filter.ts";

/** Tasks given without a limit: as many as Flower keeps unless told otherwise (`max_tasks`). */
const MOST = 10_000;
const PAGE = 500;

/** Flower's list of tasks: an object by id, in order. */
export async function listFlowerTasks(
  gateway: Gateway,
  found: Map<string, string>,
): Promise<Record<string, FlowerTask>> {
  const limit = numberIn(found, "limit", { min: 0, max: 1e9 }) ?? MOST;
  const offset = numberIn(found, "offset", { min: -1e9, max: 1_000_000 }) ?? 0;
  const filter = taskFilter(found);
  const tasks: Record<string, FlowerTask> = {};
  if (!filter) return tasks;
  const history = await gateway.history();
  let left = Math.min(MOST, limit);
  let cursor: string | null | undefined;
  while (left > 0 && cursor !== null) {
    const place = cursor === undefined ? { offset: Math.max(0, offset) } : { cursor };
    const page = await history.listTasks({ ...filter, ...place, limit: Math.min(PAGE, left) });
    for (const task of page.tasks) tasks[task.id] = toFlowerTask(task);
    left -= page.tasks.length;
    cursor = page.cursor;
  }
  return tasks;
}
