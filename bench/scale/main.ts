/**
 * A batch of sheets with one worker replica against several, each with one single-threaded executor:
 * `npm run bench -- scale [--sheets N] [--replicas N] [--rounds N] [--size 2400x1700] [--json]`. Every round runs the batch
 * with one replica and with several, in turn; replicas are new each time, and warmed by a sheet each.
 */
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Bus } from "#shared/bus";
import { median, met, spread, table } from "../support/figures.ts";
import { type Forked, forkWorker } from "../support/fork-worker.ts";
import { makeSheet } from "../support/make-sheet.ts";
import { type Later, runBench } from "../support/run-bench.ts";
import { runSheet } from "../support/run-sheet.ts";
import { startNats, tempFolder } from "../support/start-nats.ts";

/** How much faster a batch must be with two replicas on two cores. */
const GOAL = 1.7;

/** One model run uses one core, and so do compression of images and libuv's other work. */
const SINGLE_THREADED = {
  DETECT_THREADS: "1",
  SEGMENT_THREADS: "1",
  CLASSIFY_THREADS: "1",
  UV_THREADPOOL_SIZE: "1",
  VIPS_CONCURRENCY: "1",
};

const { values } = parseArgs({
  options: {
    sheets: { type: "string", default: "8" },
    replicas: { type: "string", default: "2" },
    rounds: { type: "string", default: "3" },
    size: { type: "string", default: "2400x1700" },
    json: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const replicas = Number(values.replicas);

await runBench(async (later) => {
  const folder = await tempFolder(later);
  const [widthPx = 2400, heightPx = 1700] = values.size.split("x").map(Number);
  const drawings: Uint8Array[] = [];
  for (let seed = 1; seed <= Number(values.sheets); seed++)
    drawings.push(await readFile(await makeSheet({ widthPx, heightPx, seed, folder, later })));

  const one: number[] = [];
  const several: number[] = [];
  for (let round = 1; round <= Number(values.rounds); round++) {
    one.push(await batchSeconds(later, drawings, 1));
    several.push(await batchSeconds(later, drawings, replicas));
    console.error(
      `round ${round}/${values.rounds}: ${one.at(-1)!.toFixed(1)} s with 1, ${several.at(-1)!.toFixed(1)} s with ${replicas}`,
    );
  }
  const ratios = one.map((seconds, i) => seconds / several[i]!);
  if (values.json)
    return console.log(
      JSON.stringify({
        sheets: drawings.length,
        size: values.size,
        replicas,
        goal: GOAL,
        one,
        several,
        ratios,
      }),
    );
  console.log(
    `\n${drawings.length} sheets of ${values.size} px, ${values.rounds} rounds, ${availableParallelism()} cores, stages single-threaded\n`,
  );
  console.log(
    table(
      ["replicas", "batch s", "sheets/min"],
      (
        [
          [1, one],
          [replicas, several],
        ] as const
      ).map(([count, walls]) => [
        `${count}`,
        spread(walls, 1),
        spread(
          walls.map((seconds) => (drawings.length * 60) / seconds),
          1,
        ),
      ]),
    ),
  );
  const ratio = median(ratios);
  console.log(
    `\n${replicas} replicas are ${spread(ratios, 2)} × as fast as one; goal for 2 on 2 cores ≥ ${GOAL}: ${met(ratio >= GOAL)}`,
  );
});

/** Seconds from handing in the first sheet until the last is completed. */
async function batchSeconds(later: Later, drawings: readonly Uint8Array[], count: number): Promise<number> {
  const { server, bus, end } = await startNats(later);
  const workers: Forked[] = [];
  for (let i = 0; i < count; i++) {
    const options = { beside: import.meta.url, module: "replica", args: [server.url], env: SINGLE_THREADED };
    workers.push(await forkWorker({ ...options, later }));
  }
  await runAll(bus, drawings.slice(0, count));
  const begun = performance.now();
  await runAll(bus, drawings);
  const seconds = (performance.now() - begun) / 1000;
  for (const worker of workers) await worker.end();
  await end();
  return seconds;
}

async function runAll(bus: Bus, drawings: readonly Uint8Array[]): Promise<void> {
  await Promise.all(drawings.map((drawing) => runSheet(bus, drawing)));
}
