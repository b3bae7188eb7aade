import type { Overview, WorkerRow } from "#shared/history";
import type { StageQueue } from "#shared/operate";
import { bar, cut, duration } from "../format.ts";
import { table } from "../print.ts";
import { paint, paintState } from "../style.ts";
import { sparkline } from "./sparkline.ts";

/** What `penstock top` looks at. */
export interface Snapshot {
  at: number;
  overview: Overview;
  queues: StageQueue[];
  workers: WorkerRow[];
  /** Tasks that run, longest first. */
  running: { id: string; worker: string | null; startedAt: number | null; progress: number | null }[];
}

/** Runs at most this many rows of tasks, and stages without work are dimmed, not hidden. */
const TASK_ROWS = 8;

/** One screen of the live system. @param width columns of the terminal */
export function frame(snapshot: Snapshot, width: number): string {
  return [
    head(snapshot),
    "",
    stages(snapshot, width),
    "",
    tasks(snapshot, width),
    "",
    paint("gray", "q quit   space look now"),
  ].join("\n");
}

function head({ overview, workers, at }: Snapshot): string {
  const { byState } = overview.runs;
  const states = Object.entries(byState)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${paintState(state)} ${count}`)
    .join("   ");
  const perSecond = overview.series.points.map((bucket) => bucket.succeeded + bucket.failed);
  return [
    `${paint("bold", "penstock top")}  ${new Date(at).toISOString().slice(11, 19)} UTC   workers ${workers.length}   dead letters ${
      overview.deadLetters > 0 ? paint("red", String(overview.deadLetters)) : "0"
    }   tasks/s ${overview.tasks.perSecond.m1.toFixed(2)}  ${sparkline(perSecond.slice(-40))}`,
    states || paint("gray", "no diagrams yet"),
  ].join("\n");
}

function stages({ overview, queues, workers }: Snapshot, width: number): string {
  const rows = queues.map((queue) => {
    const figures = overview.stages.find((each) => each.stage === queue.stage);
    const staff = workers.filter((worker) => worker.stage === queue.stage);
    const slots = staff.reduce((sum, worker) => sum + worker.slots, 0);
    const active = staff.reduce((sum, worker) => sum + worker.active, 0);
    const note = queue.paused
      ? paint("yellow", "paused")
      : staff.length === 0
        ? paint("red", "no workers")
        : "";
    const idle = queue.pending + queue.inFlight === 0;
    return [
      idle ? paint("dim", queue.stage) : paint("bold", queue.stage),
      queue.queue,
      queue.pending,
      queue.inFlight,
      `${bar(slots === 0 ? 0 : active / slots, 8)} ${active}/${slots}`,
      duration(queue.oldestMs),
      duration(figures?.waitP95Ms),
      duration(figures?.runP95Ms),
      figures?.failed ? paint("red", String(figures.failed)) : "0",
      note,
    ];
  });
  return clip(
    table(
      ["stage", "queue", ">waiting", ">running", "slots", ">oldest", ">wait p95", ">run p95", ">failed", ""],
      rows,
    ),
    width,
  );
}

function tasks({ running, at }: Snapshot, width: number): string {
  if (running.length === 0) return paint("gray", "nothing runs");
  const rows = running
    .slice(0, TASK_ROWS)
    .map((task) => [
      task.id,
      task.progress === null ? "" : `${bar(task.progress, 12)} ${Math.round(task.progress * 100)} %`,
      task.startedAt === null ? "waits" : duration(at - task.startedAt),
      cut(task.worker ?? "", 40),
    ]);
  const more = running.length - TASK_ROWS;
  return (
    clip(table(["task", "progress", ">runs", "worker"], rows), width) +
    (more > 0 ? `\n… and ${more} more` : "")
  );
}

/** Lines no wider than the terminal, so that nothing wraps; colours cost no width. */
function clip(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => clipLine(line, width))
    .join("\n");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with an escape character
const COLOUR = /\u001b\[[0-9;]*m/y;

function clipLine(line: string, width: number): string {
  let shown = 0;
  let result = "";
  for (let at = 0; at < line.length; ) {
    COLOUR.lastIndex = at;
    const colour = COLOUR.exec(line)?.[0];
    if (colour) {
      result += colour;
      at += colour.length;
    } else {
      if (shown < width) result += line[at];
      shown++;
      at++;
    }
  }
  return result;
}
