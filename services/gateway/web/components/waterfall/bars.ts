import type { Attempt, TaskSummary } from "../../api/types.ts";
import type { Tone } from "../../format/state.ts";

/** One bar of a waterfall; times are ms since the epoch. */
export interface Bar {
  kind: "wait" | Tone;
  from: number;
  to: number;
  /** For the hover. */
  text: string;
}

export interface WaterfallRow {
  id: string;
  label: string;
  bars: Bar[];
  /** Of the last attempt; null while none has run. */
  runtimeMs: number | null;
}

/** What is drawn, from the first moment to the last. */
export interface WaterfallModel {
  from: number;
  to: number;
  rows: WaterfallRow[];
}

type TaskWithAttempts = TaskSummary & { executions: Attempt[] };

const TONES: Record<string, Tone> = {
  succeeded: "success",
  skipped: "pending",
  retried: "started",
  released: "pending",
  lost: "started",
  revoked: "revoked",
};

/**
 * Tasks as bars: waiting and each attempt apart, so that a retry is a bar of its own. `now` ends what still runs;
 * `order` is the stages' order in the pipeline.
 */
export function waterfallOf(
  tasks: readonly TaskWithAttempts[],
  now: number,
  order: readonly string[] = [],
): WaterfallModel {
  const sorted = [...tasks].sort(
    (a, b) =>
      a.generation - b.generation || order.indexOf(a.stage) - order.indexOf(b.stage) || a.created - b.created,
  );
  const rows = sorted.map((task) => rowOf(task, now));
  const bars = rows.flatMap((row) => row.bars);
  const from = Math.min(...bars.map((bar) => bar.from), ...sorted.map((task) => task.created));
  const to = Math.max(...bars.map((bar) => bar.to), ...sorted.map((task) => task.updated));
  return Number.isFinite(from)
    ? { from, to: Math.max(to, from + 1), rows }
    : { from: now, to: now + 1, rows };
}

function rowOf(task: TaskWithAttempts, now: number): WaterfallRow {
  const bars: Bar[] = [];
  let free = task.created;
  for (const run of task.executions) {
    const begin = Math.max(free, run.started ?? run.received ?? free);
    const end = Math.max(begin, run.ended ?? now);
    if (begin > free) bars.push({ kind: "wait", from: free, to: begin, text: "waited" });
    const outcome = run.outcome ?? "running";
    bars.push({
      kind: run.outcome === null ? "started" : (TONES[run.outcome] ?? "failure"),
      from: begin,
      to: end,
      text: `attempt ${run.attempt}: ${outcome}${run.error ? `, ${run.error.message}` : ""}`,
    });
    free = end;
  }
  const over = task.ended !== null;
  if (!over && (task.executions.length === 0 || task.state === "RETRY"))
    bars.push({
      kind: "wait",
      from: free,
      to: now,
      text: task.state === "RETRY" ? "waits for its next attempt" : "waits",
    });
  return {
    id: task.id,
    label: task.generation > 0 ? `${task.stage} (retry ${task.generation})` : task.stage,
    bars,
    runtimeMs: task.runtimeMs ?? (task.started !== null && !over ? now - task.started : null),
  };
}
