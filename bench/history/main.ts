/**
 * Fills a history with 100,000 tasks as the system would, then times what people ask of it.
 * Run: npm run bench -- history [tasks]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ENDPOINTS,
  type EndpointName,
  openHistory,
  type QueryInput,
  type StreamRecord,
  taskId,
} from "#shared/history";
import type { TaskEvent } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";

const count = Number(process.argv[2] ?? 100_000);
const stages = Object.keys(diagramPipeline.stages) as (keyof typeof diagramPipeline.stages)[];
const words = ["pump", "valve", "tank", "vessel", "exchanger", "compressor", "filter", "column"];
/** Resident memory, and the part of it that is not JavaScript's heap: what the store itself takes. */
const resident = () => {
  globalThis.gc?.();
  const { rss, heapTotal } = process.memoryUsage();
  return `${(rss / 1e6).toFixed(0)} MB (${((rss - heapTotal) / 1e6).toFixed(0)} outside the heap)`;
};

const folder = await mkdtemp(join(tmpdir(), "penstock-bench-"));
const before = resident();
const history = await openHistory(join(folder, "history.db"), [diagramPipeline]);
const opened = resident();

/** The messages of one run on its way through every stage; one task in fifty fails. */
function* story(): Generator<StreamRecord> {
  let [seq, tasksSeq, made] = [0, 0, 0];
  let at = Date.now() - 3_000_000;
  for (let n = 0; made < count; n++) {
    const run = `run-${n.toString(36)}`;
    for (const stage of stages) {
      if (made++ >= count) return;
      at += 30;
      const type = diagramPipeline.stages[stage].takes[0]!;
      const body = { uid: run, name: `${words[n % 8]} ${n}`, artifacts: {}, counts: { symbols: n % 200 } };
      yield {
        stream: "DIAGRAM",
        seq: ++seq,
        message: { kind: "run", pipeline: diagramPipeline, type, run, generation: 0, at, body },
      };
      const base = {
        task: taskId(stage, run, 0),
        pipeline: "diagram",
        stage,
        queue: diagramPipeline.stages[stage].queue,
        run,
      };
      const event = { ...base, generation: 0, attempt: 1, seq, worker: `${stage}-${made % 4}` };
      const args = JSON.stringify({
        uid: run,
        name: body.name,
        review: "auto",
        meta: { plant: `unit ${n % 17}` },
      });
      const error = {
        kind: "permanent",
        code: "IMAGE_TRUNCATED",
        message: `cut at byte ${n}`,
        name: "PermanentError",
      };
      const log = Array.from({ length: 8 }, (_, i) => ({
        at,
        level: "info" as const,
        message: `slice ${i}`,
        fields: { run, symbols: (n * 7 + i) % 90 },
      }));
      const events: TaskEvent[] = [
        { ...event, kind: "received", at: at + 2, args },
        { ...event, kind: "started", at: at + 3, waitMs: 3 + (n % 40) },
        made % 50 === 0
          ? { ...event, kind: "failed", at: at + 200, runtimeMs: 197, error, log }
          : {
              ...event,
              kind: "succeeded",
              at: at + 200,
              runtimeMs: 50 + ((n * 31) % 900),
              result: type,
              log,
            },
      ];
      yield { stream: "TASKS", seq: ++tasksSeq, message: { kind: "tasks", events } };
    }
  }
}

let batch: StreamRecord[] = [];
let longest = 0;
const began = performance.now();
const cpu = process.cpuUsage();
const apply = () => {
  const from = performance.now();
  history.apply(batch);
  longest = Math.max(longest, performance.now() - from);
  batch = [];
};
for (const record of story()) if (batch.push(record) === 100) apply();
apply();
const filledMs = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
const size = history.size();
console.log(
  `${size.tasks} tasks, ${size.runs} runs, ${(size.bytes / 1e6).toFixed(0)} MB file, applied in ${(filledMs / 1000).toFixed(1)} s ` +
    `(${Math.round((count * 4) / (filledMs / 1000))} events/s, ${((user + system) / count).toFixed(0)} µs of CPU a task, longest transaction ${longest.toFixed(0)} ms)`,
);
console.log(`resident: ${before} before, ${opened} opened, ${resident()} filled`);

function time<N extends EndpointName>(
  what: string,
  name: N,
  query: QueryInput<N>,
  ask: (query: never) => unknown,
): void {
  const parsed = ENDPOINTS[name].query.parse(query) as never;
  const times: number[] = [];
  let bytes = 0;
  for (let i = 0; i < 30; i++) {
    const from = performance.now();
    bytes = JSON.stringify(ask(parsed)).length;
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const [first, last] = [times[15]!, times[28]!];
  console.log(
    `${what.padEnd(46)} p50 ${first.toFixed(1).padStart(6)} ms  p95 ${last.toFixed(1).padStart(6)} ms  ${(bytes / 1000).toFixed(0).padStart(4)} kB`,
  );
}

const tasks = (what: string, query: QueryInput<"tasks.list">) =>
  time(what, "tasks.list", query, history.listTasks);
tasks("newest 50", {});
tasks("newest 500", { limit: 500 });
let deep = history.listTasks(ENDPOINTS["tasks.list"].query.parse({ limit: 500 }));
for (let page = 1; page < 150 && deep.cursor; page++)
  deep = history.listTasks(ENDPOINTS["tasks.list"].query.parse({ limit: 500, cursor: deep.cursor }));
tasks("50 after 75,000 by cursor", { cursor: deep.cursor ?? undefined });
tasks("50 at offset 75,000 (Flower)", { offset: 75_000 });
tasks("state FAILURE", { state: "FAILURE" });
tasks("4 states x 3 stages", {
  state: ["SUCCESS", "FAILURE", "RETRY", "STARTED"],
  stage: ["detect", "build", "export"],
});
tasks("one worker", { worker: "detect-1" });
tasks("one hour, one stage", { stage: "detect", from: Date.now() - 3_600_000 });
tasks("slowest", { sort: "runtime" });
tasks("most attempts (no index)", { sort: "attempts" });
tasks("search a rare word", { q: `run-${Math.floor(count / 30).toString(36)}` });
tasks("search a common word", { q: "pump" });
tasks("search a word every task has", { q: "auto" });
tasks("search common word, rare state", { q: "auto", state: "FAILURE" });
tasks("search common word, nothing matches", { q: "auto", state: "REVOKED" });
tasks("search a phrase in errors", { q: 'error:"cut at byte"' });
time("one task", "tasks.get", { id: "detect.run-9" }, history.getTask);
const runs = (what: string, query: QueryInput<"runs.list">) =>
  time(what, "runs.list", query, history.listRuns);
runs("runs, newest 50", {});
runs("runs, unfinished", { phase: "active" });
runs("runs, part of a name", { q: "exchanger 77" });
runs("runs, no match", { q: "nothing like it" });
time("timeline of a run", "runs.timeline", { uid: "run-9" }, history.timeline);
time("overview", "overview", {}, history.overview);
console.log(`resident: ${resident()} after all questions`);
history.close();
await rm(folder, { recursive: true, force: true });
