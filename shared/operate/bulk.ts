import type { Bus } from "#shared/bus";
import { PenstockError } from "#shared/errors";
import { historyClient, type QueryInput, type TaskSummary } from "#shared/history";
import { type Actor, audit, signed } from "./audit.ts";
import { Refusal } from "./refusal.ts";
import { retry } from "./retry.ts";
import { revoke } from "./revoke.ts";
import { taskNamed } from "./task-id.ts";

/** Most tasks one action may concern. */
export const BULK_MAX = 5_000;
/** Tasks a preview tries and shows. */
const SAMPLE = 20;
/** Tasks acted on at once. */
const AT_ONCE = 8;

/** Which tasks: a filter of the list of tasks. */
export type TaskFilter = Omit<QueryInput<"tasks.list">, "cursor" | "offset" | "limit" | "sort" | "full">;

export interface BulkOptions extends Actor {
  action: "retry" | "revoke";
  /** Tasks that match, as the history knows them now. */
  filter?: TaskFilter;
  /** Or these. */
  ids?: string[];
  /** Tries a sample without doing anything. */
  dryRun?: boolean;
  reason: string;
}

/** What became of it. */
export interface BulkResult {
  matched: number;
  done: number;
  /** Of a dry run: of the sample only. */
  refused: { id: string; code: string; message: string }[];
  /** The first tasks that match; their state is null when they were named by id. */
  sample: { id: string; run: string; stage: string; state: string | null }[];
}

/**
 * Retries or revokes many tasks; each is refused or done on its own, and those refused are reported. Every one is in the
 * audit trail, and so is the whole.
 * @throws Refusal `BULK_NOTHING` (neither filter nor ids), `BULK_TOO_MANY`; as `listTasks` of the history
 */
export async function bulkTasks(bus: Bus, options: BulkOptions): Promise<BulkResult> {
  const { action, dryRun = false } = options;
  const tasks = options.ids ? named(options.ids) : await matching(bus, options.filter);
  const result: BulkResult = {
    matched: tasks.length,
    done: 0,
    refused: [],
    sample: tasks.slice(0, SAMPLE).map(({ id, run, stage, state }) => ({ id, run, stage, state })),
  };
  const act = async ({ id }: { id: string }) => {
    try {
      await actOn(bus, id, options);
      result.done++;
    } catch (error) {
      if (!(error instanceof PenstockError) || error.kind === "retryable") throw error;
      result.refused.push({ id, code: error.code, message: error.message });
    }
  };
  const queue = dryRun ? tasks.slice(0, SAMPLE) : [...tasks];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let task = queue.shift(); task; task = queue.shift()) await act(task);
    }),
  );
  if (dryRun) return { ...result, done: 0 };
  const details = {
    action,
    filter: options.filter,
    ids: options.ids?.length,
    matched: result.matched,
    done: result.done,
  };
  await audit(bus, { action: "bulk", target: "tasks", ...signed(options), details });
  return result;
}

function actOn(bus: Bus, id: string, { action, dryRun = false, ...actor }: BulkOptions): Promise<unknown> {
  if (action === "revoke") return revoke(bus, id, { ...signed(actor), dryRun });
  const { pipeline, run, stage } = taskNamed(id);
  return retry(bus, run, { ...signed(actor), pipeline, from: stage.name, dryRun });
}

type Found = Pick<TaskSummary, "id" | "run" | "stage"> & { state: string | null };

function named(ids: readonly string[]): Found[] {
  const unique = [...new Set(ids)];
  refuseTooMany(unique.length);
  return unique.map((id) => {
    const { run, stage } = taskNamed(id);
    return { id, run, stage: stage.name, state: null };
  });
}

async function matching(bus: Bus, filter: TaskFilter | undefined): Promise<Found[]> {
  if (!filter || Object.values(filter).every((value) => value === undefined))
    throw new Refusal("invalid", "BULK_NOTHING", "say which tasks: a filter with something in it, or ids");
  const history = historyClient(bus);
  const found: Found[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await history.listTasks({ ...filter, limit: 500, ...(cursor ? { cursor } : {}) });
    found.push(...page.tasks);
    refuseTooMany(Math.max(found.length, page.total ?? 0));
    cursor = page.cursor;
  }
  return found;
}

function refuseTooMany(count: number): void {
  if (count > BULK_MAX)
    throw new Refusal(
      "invalid",
      "BULK_TOO_MANY",
      `${count} tasks match, the limit is ${BULK_MAX} at once: narrow the filter`,
    );
}
