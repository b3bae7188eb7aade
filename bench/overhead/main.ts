/**
 * What orchestration costs a real sheet: one sheet alone through `penstock up`, with the shipped models, against the same
 * handlers called in a row in one process: `npm run bench -- overhead [--rounds N] [--size 4000x3000] [--json]`.
 * The first sheet finds no executor and no model loaded (cold); the others are warm. Runs take turns, so that a noisy
 * machine is noisy for both.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connectBus } from "#shared/bus";
import { median, met, spread, sum, table } from "../support/figures.ts";
import { forkWorker } from "../support/fork-worker.ts";
import { makeSheet } from "../support/make-sheet.ts";
import { runBench } from "../support/run-bench.ts";
import { runSheet, type SheetRun } from "../support/run-sheet.ts";
import { tempFolder } from "../support/start-nats.ts";
import { startUp } from "../support/start-up.ts";

/** Share of the end-to-end time that is not a stage's own. */
const GOAL_SHARE = 0.03;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    size: { type: "string", default: "4000x3000" },
    json: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

/** One sheet through the whole system; times in ms. */
interface Figures {
  wallMs: number;
  /** Sum of the stages' own runtimes, from their `succeeded` events: reading and writing artifacts included. */
  stagesMs: number;
  /** Each stage's runtime. */
  runtimeMs: Record<string, number>;
}

function figuresOf({ wallMs, succeeded }: SheetRun): Figures {
  const runtimeMs = Object.fromEntries(succeeded.map(({ stage, runtimeMs = 0 }) => [stage, runtimeMs]));
  return { wallMs, stagesMs: sum(Object.values(runtimeMs)), runtimeMs };
}

await runBench(async (later) => {
  const folder = await tempFolder(later);
  const [widthPx = 4000, heightPx = 3000] = values.size.split("x").map(Number);
  const path = await makeSheet({ widthPx, heightPx, seed: 42, folder, later });
  const drawing = await readFile(path);
  const handlers = await forkWorker({ beside: import.meta.url, module: "handlers-process", later });
  const callHandlers = () =>
    new Promise<Record<string, number>>((resolve) => {
      handlers.child.once("message", (ms) => resolve(ms as Record<string, number>));
      handlers.child.send(path);
    });
  const up = await startUp(later, join(folder, "up"));
  const bus = await connectBus({ url: up.natsUrl, name: "bench" });
  later(() => bus.close());

  const cold = figuresOf(await runSheet(bus, drawing));
  await callHandlers();
  const warm: Figures[] = [];
  const alone: Record<string, number>[] = [];
  for (let round = 1; round <= Number(values.rounds); round++) {
    warm.push(figuresOf(await runSheet(bus, drawing)));
    alone.push(await callHandlers());
    console.error(
      `round ${round}/${values.rounds}: ${seconds(warm.at(-1)!.wallMs)} s wall, ${seconds(warm.at(-1)!.stagesMs)} s in stages, ` +
        `${seconds(sum(Object.values(alone.at(-1)!)))} s handlers alone`,
    );
  }
  if (values.json)
    return console.log(JSON.stringify({ size: values.size, goalShare: GOAL_SHARE, cold, warm, alone }));

  console.log(`\none sheet of ${values.size} px alone, ${values.rounds} warm rounds and a cold one\n`);
  const inSeconds = (ms: number[]) =>
    spread(
      ms.map((each) => each / 1000),
      2,
    );
  const names = Object.keys(alone[0] ?? {});
  const row = (what: string, coldMs: number, warmMs: number[], aloneMs?: number[]) => [
    what,
    seconds(coldMs),
    inSeconds(warmMs),
    aloneMs ? inSeconds(aloneMs) : "",
  ];
  console.log(
    table(
      ["stage", "cold s", "warm s", "handler alone s"],
      [
        ...names.map((name) =>
          row(
            name,
            cold.runtimeMs[name] ?? Number.NaN,
            warm.map((each) => each.runtimeMs[name] ?? Number.NaN),
            alone.map((each) => each[name] ?? Number.NaN),
          ),
        ),
        row(
          "all stages",
          cold.stagesMs,
          warm.map((each) => each.stagesMs),
          alone.map((each) => sum(Object.values(each))),
        ),
        row(
          "upload to completed",
          cold.wallMs,
          warm.map((each) => each.wallMs),
        ),
      ],
    ),
  );
  const share = median(warm.map(({ wallMs, stagesMs }) => 1 - stagesMs / wallMs));
  const against = median(warm.map(({ wallMs }, i) => wallMs / sum(Object.values(alone[i]!)))) - 1;
  const coldShare = 1 - cold.stagesMs / cold.wallMs;
  console.log(
    `\ngoal: orchestration < ${GOAL_SHARE * 100} % of the end-to-end time\n` +
      `  between stages (1 − sum of runtimes / wall), warm: ${percent(share)}, ${met(share < GOAL_SHARE)}\n` +
      `  between stages, cold (executor and models start): ${percent(coldShare)}\n` +
      `  wall against handlers alone, artifacts in memory: ${percent(against)} more, ${met(against < GOAL_SHARE)}`,
  );
});

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
