/**
 * What the system holds in memory: `npm run bench -- memory [--only idle|peak] [--size 10000x7000] [--settle S] [--json]`.
 * `idle` looks at every process of `penstock up` at rest, `peak` at the executor while a very large sheet goes through
 * every stage. Read from /proc: Linux only. Memory depends little on how busy the machine is.
 */
import { parseArgs } from "node:util";
import { met, sum, table } from "../support/figures.ts";
import { makeSheet } from "../support/make-sheet.ts";
import { runBench } from "../support/run-bench.ts";
import { tempFolder } from "../support/start-nats.ts";
import { measureIdle, type Rest } from "./idle.ts";
import { measurePeak, type StagePeak } from "./peak.ts";

/** Resident at rest, all processes together; and the executor's peak with a sheet of 10,000 × 7,000 px. */
const IDLE_GOAL_BYTES = 180e6;
const PEAK_GOAL_BYTES = 2e9;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    size: { type: "string", default: "10000x7000" },
    settle: { type: "string", default: "10" },
    json: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

await runBench(async (later) => {
  const folder = await tempFolder(later);
  const result: { idle?: Rest[]; peak?: StagePeak[] } = {};
  if (values.only !== "peak") {
    const drawing = await makeSheet({ widthPx: 2400, heightPx: 1700, seed: 42, folder, later });
    result.idle = await measureIdle({ later, folder, drawing, settleS: Number(values.settle) });
  }
  if (values.only !== "idle") {
    const [widthPx = 10_000, heightPx = 7_000] = values.size.split("x").map(Number);
    const drawing = await makeSheet({ widthPx, heightPx, seed: 42, folder, later });
    result.peak = await measurePeak(later, drawing);
  }
  if (values.json)
    return console.log(
      JSON.stringify({ ...result, size: values.size, idleGoal: IDLE_GOAL_BYTES, peakGoal: PEAK_GOAL_BYTES }),
    );
  for (const rest of result.idle ?? []) showRest(rest);
  if (result.peak) showPeak(result.peak);
});

function megabytes(bytes: number, digits = 1): string {
  return (bytes / 1e6).toFixed(digits);
}

function showRest({ when, processes, rss, pss }: Rest): void {
  console.log(`\npenstock up at rest: ${when}\n`);
  console.log(
    table(
      ["process", "RSS MB", "PSS MB", "not from files MB"],
      [
        ...processes.map((each) => [
          each.name,
          megabytes(each.rss),
          megabytes(each.pss),
          megabytes(each.anonymous),
        ]),
        [
          "all",
          megabytes(rss.median),
          megabytes(pss),
          megabytes(sum(processes.map((each) => each.anonymous))),
        ],
      ],
    ),
  );
  console.log(
    `\ngoal: < ${megabytes(IDLE_GOAL_BYTES, 0)} MB RSS in total: ${megabytes(rss.median)} (${megabytes(rss.least)}–${megabytes(rss.most)}), ${met(rss.most < IDLE_GOAL_BYTES)}`,
  );
}

function showPeak(peaks: readonly StagePeak[]): void {
  console.log(`\none executor, a sheet of ${values.size} px through every stage\n`);
  console.log(
    table(
      ["stage", "peak RSS MB", "s"],
      peaks.map(({ stage, peak, seconds }) => [stage, megabytes(peak, 0), seconds.toFixed(1)]),
    ),
  );
  const most = Math.max(...peaks.map(({ peak }) => peak));
  console.log(
    `\ngoal: < ${megabytes(PEAK_GOAL_BYTES, 0)} MB: ${megabytes(most, 0)} MB, ${met(most < PEAK_GOAL_BYTES)}`,
  );
}
