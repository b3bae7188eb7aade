import { Command } from "commander";
import { historyClient, type Overview } from "#shared/history";
import { listQueues, type StageQueue } from "#shared/operate";
import { ago, duration } from "../format.ts";
import { jsonOption } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { paint, paintState } from "../style.ts";
import { withBus } from "../with-bus.ts";

/** `penstock status [UID]`: the whole system, or one diagram. */
export function statusCommand(): Command {
  return new Command("status")
    .description("how things stand: diagrams by state, stages with what waits, workers; or one diagram")
    .argument("[uid]", "a diagram")
    .addOption(jsonOption())
    .action((uid: string | undefined, options: PrintOptions) =>
      withBus(async (bus) => {
        const history = historyClient(bus);
        if (uid !== undefined) {
          const [run, timeline] = await Promise.all([history.getRun(uid), history.timeline(uid)]);
          print(options, { ...run, timeline }, () => diagram(run, timeline));
          return;
        }
        const [overview, queues, workers] = await Promise.all([
          history.overview(),
          listQueues(bus),
          history.listWorkers({ online: true }),
        ]);
        print(options, { overview, queues, workers: workers.workers }, () =>
          whole(overview, queues, new Set(workers.workers.map((worker) => worker.stage))),
        );
      }),
    );
}

type Run = Awaited<ReturnType<ReturnType<typeof historyClient>["getRun"]>>;
type Timeline = Awaited<ReturnType<ReturnType<typeof historyClient>["timeline"]>>;

function diagram(run: Run, timeline: Timeline): string {
  const lines = [
    `${paint("bold", run.uid)}  ${run.name ?? ""}`,
    `${paintState(run.state)}  ${Math.round(run.progress * 100)} %, since ${ago(run.updated)}`,
  ];
  if (run.error) lines.push(paint("red", `${run.error.stage}: ${run.error.message} [${run.error.code}]`));
  const rows = timeline.tasks.map((task) => [
    task.id,
    paintState(task.state),
    task.attempts,
    duration(task.waitMs),
    duration(task.runtimeMs),
    task.worker ?? "",
  ]);
  lines.push("", table(["task", "state", ">attempts", ">waited", ">ran", "worker"], rows));
  const names = Object.keys(run.artifacts);
  if (names.length > 0) lines.push("", `artifacts: ${names.join(", ")}`);
  return lines.join("\n");
}

function whole(overview: Overview, queues: StageQueue[], staffed: ReadonlySet<string>): string {
  const states = Object.entries(overview.runs.byState).map(([state, n]) => `${paintState(state)} ${n}`);
  const rows = queues.map((queue) => {
    const stage = overview.stages.find((each) => each.stage === queue.stage);
    return [
      queue.stage,
      queue.queue,
      queue.paused ? paint("yellow", "paused") : staffed.has(queue.stage) ? "" : paint("red", "no workers"),
      queue.pending,
      queue.inFlight,
      duration(queue.oldestMs),
      stage?.succeeded ?? 0,
      stage?.failed ?? 0,
      duration(stage?.runP95Ms),
    ];
  });
  return [
    states.length > 0 ? `diagrams: ${states.join("   ")}` : "no diagrams yet: penstock submit FILE",
    `workers online: ${overview.workersOnline}   dead letters: ${overview.deadLetters}   tasks/s: ${overview.tasks.perSecond.m1.toFixed(2)}`,
    "",
    table(["stage", "queue", "", ">waiting", ">running", ">oldest", ">done", ">failed", ">p95"], rows),
  ].join("\n");
}
