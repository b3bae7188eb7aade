/**
 * How fast `POST /api/diagrams` answers while worker processes keep every core busy:
 * `npm run bench -- submit [--count N] [--rounds N] [--json]`. Every round measures the quiet and the saturated machine, in
 * turn. Gateway, workers and nats-server are processes of their own.
 */
import { readFile } from "node:fs/promises";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { publishMessage } from "#shared/bus";
import { PIPELINES } from "#shared/pipeline";
import { met, quantile, spread, sum, table } from "../support/figures.ts";
import { forkWorker } from "../support/fork-worker.ts";
import { makeSheet } from "../support/make-sheet.ts";
import { runBench } from "../support/run-bench.ts";
import { startNats, tempFolder } from "../support/start-nats.ts";
import { busyPipeline } from "./busy-pipeline.ts";
import { postDrawings } from "./post-drawings.ts";

/** p99 of the answer while everything is busy, ms. */
const GOAL_MS = 50;
const PAUSE_MS = 20;
/** Tasks in the queue, so that no executor ever waits. */
const BACKLOG = 2_000;

interface Round {
  machine: "quiet" | "saturated";
  p50: number;
  p99: number;
  most: number;
  /** Share of all cores' time in use, by whatever process. */
  busy: number;
}

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "300" },
    rounds: { type: "string", default: "3" },
    executors: { type: "string", default: String(availableParallelism()) },
    json: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

await runBench(async (later) => {
  const { server, bus } = await startNats(later, [...PIPELINES, busyPipeline]);
  const folder = await tempFolder(later);
  const path = await makeSheet({ widthPx: 3300, heightPx: 2339, seed: 7, folder, later });
  const drawing = await readFile(path);
  const gateway = await forkWorker({
    beside: import.meta.url,
    module: "gateway-process",
    args: [server.url],
    later,
  });
  for (let i = 0; i < BACKLOG; i++)
    await publishMessage(bus, busyPipeline, { type: "busy.asked", id: `b${i}`, body: { uid: `b${i}` } });

  const rounds: Round[] = [];
  const measure = async (machine: Round["machine"], count: number) => {
    const before = cpuTimes();
    const times = await postDrawings(gateway.said as string, drawing, count, PAUSE_MS);
    const after = cpuTimes();
    return {
      machine,
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      most: Math.max(...times),
      busy: 1 - (after.idle - before.idle) / (after.all - before.all),
    };
  };
  await measure("quiet", 20);
  for (let round = 1; round <= Number(values.rounds); round++) {
    rounds.push(await measure("quiet", Number(values.count)));
    const worker = await forkWorker({
      beside: import.meta.url,
      module: "busy-worker",
      args: [server.url, values.executors],
      later,
    });
    await untilBusy();
    rounds.push(await measure("saturated", Number(values.count)));
    await worker.end();
    for (const { machine, p50, p99 } of rounds.slice(-2))
      console.error(
        `round ${round}/${values.rounds} ${machine}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      );
  }

  /** The executors compute: first tasks are done. */
  async function untilBusy(): Promise<void> {
    const first = bus.nc.subscribe("busy.done.*", { max: Number(values.executors) });
    for await (const _ of first) void _;
  }

  if (values.json)
    return console.log(JSON.stringify({ drawingBytes: drawing.byteLength, goalMs: GOAL_MS, rounds }));
  const of = (machine: Round["machine"], key: "p50" | "p99" | "most" | "busy") =>
    rounds.filter((round) => round.machine === machine).map((round) => round[key]);
  console.log(
    `\n${values.rounds} rounds of ${values.count} uploads of ${(drawing.byteLength / 1000).toFixed(0)} kB, one every ${PAUSE_MS} ms; ${values.executors} executors\n`,
  );
  console.log(
    table(
      ["POST /api/diagrams", "p50 ms", "p99 ms", "slowest ms", "CPU in use"],
      (["quiet", "saturated"] as const).map((machine) => [
        machine,
        spread(of(machine, "p50"), 1),
        spread(of(machine, "p99"), 1),
        spread(of(machine, "most"), 1),
        `${spread(
          of(machine, "busy").map((share) => share * 100),
          0,
        )} %`,
      ]),
    ),
  );
  const p99 = quantile(of("saturated", "p99"), 0.5);
  console.log(`\ngoal: p99 < ${GOAL_MS} ms while saturated: ${p99.toFixed(1)} ms, ${met(p99 < GOAL_MS)}`);
});

function cpuTimes() {
  const times = cpus().map((cpu) => cpu.times);
  return {
    idle: sum(times.map((time) => time.idle)),
    all: sum(times.flatMap((time) => Object.values(time))),
  };
}
