/**
 * Where a sheet's time goes: wall and CPU per stage, and for the stages that run a network how much more than the same runs
 * with nothing beside them they take. `npm run bench -- vision [--rounds 3] [--size 4000x3000 …]`. CPU seconds and ratios count: wall
 * times are the machine's.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type LocalResult, openLocalRun } from "../../cli/eval/local-run.ts";
import { median, met, sum, table } from "../support/figures.ts";
import { makeSheet } from "../support/make-sheet.ts";
import { runBench } from "../support/run-bench.ts";
import { readSpent, runAlone } from "./run-alone.ts";

/** Whole sheets, seconds on two cores, by megapixels (VISION.md). */
const GOALS: Record<string, number> = { "4000x3000": 4, "7168x4561": 10 };
/** A stage that runs a network takes at most this many times its runs. */
const OVER_RUN = 1.25;
const CLASSICAL = ["skeletonize", "thin", "classify", "build"];
const CLASSICAL_S = 2;

await runBench(async (later) => {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      size: { type: "string", multiple: true, default: Object.keys(GOALS) },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), "penstock-vision-"));
  later(() => rm(folder, { recursive: true, force: true }));
  const run = await openLocalRun();
  for (const size of values.size) {
    const [widthPx = 0, heightPx = 0] = size.split("x").map(Number);
    const sheet = await readFile(await makeSheet({ widthPx, heightPx, seed: 960_001, folder, later }));
    const results: LocalResult[] = [];
    for (let round = 0; round <= Number(values.rounds); round++) {
      const result = await run(sheet);
      // The first run warms models and compiled code.
      if (round > 0 || values.rounds === "0") results.push(result);
    }
    const stages = Object.keys(results[0]!.seconds);
    const of = (pick: (result: LocalResult) => number) => median(results.map(pick));
    const alone = new Map<string, number>();
    for (const stage of stages) {
      const spent = readSpent(results.at(-1)!.log, stage);
      if (spent) alone.set(stage, await runAlone(stage, spent));
    }
    const inRun = (stage: string) => of(({ log }) => (readSpent(log, stage)?.runMs ?? 0) / 1000);
    console.log(`\n${size}, ${results.length} rounds`);
    console.log(
      table(
        ["stage", "wall s", "CPU s", "its runs s", "the same runs alone s", "ratio to them"],
        stages.map((stage) => {
          const pure = alone.get(stage);
          const wall = of(({ seconds }) => seconds[stage]!);
          return [
            stage,
            wall.toFixed(2),
            of(({ cpuSeconds }) => cpuSeconds[stage]!).toFixed(2),
            pure ? inRun(stage).toFixed(2) : "",
            pure ? pure.toFixed(2) : "",
            pure ? `${(wall / pure).toFixed(2)} ${met(wall / pure <= OVER_RUN)}` : "",
          ];
        }),
      ),
    );
    const wall = of(({ seconds }) => sum(Object.values(seconds)));
    const classical = of(({ seconds }) => sum(CLASSICAL.map((stage) => seconds[stage] ?? 0)));
    const cpu = of(({ cpuSeconds }) => sum(Object.values(cpuSeconds)));
    const goal = GOALS[size];
    console.log(
      `whole sheet: ${wall.toFixed(1)} s wall${goal ? `, at most ${goal} ${met(wall <= goal)}` : ""}; ${cpu.toFixed(1)} s CPU, ${((cpu * 1e6) / (widthPx * heightPx)).toFixed(2)} s per megapixel`,
    );
    console.log(
      `classical stages: ${classical.toFixed(1)} s wall, at most ${CLASSICAL_S} ${met(classical <= CLASSICAL_S)}`,
    );
  }
});
