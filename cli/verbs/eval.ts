import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { METRIC_NAMES, type Summary } from "#shared/evaluate";
import type { Evaluation } from "../eval/evaluate.ts";
import { Exit } from "../exit.ts";
import { whole } from "../parse-options.ts";

interface EvalFlags {
  limit?: number;
  oracles: boolean;
  keep?: string;
  pictures?: string;
  setFloors?: boolean;
  json?: boolean;
}

type Metric = keyof typeof METRIC_NAMES;

const shown = (metric: Metric, value: number | null) =>
  value === null ? "" : metric === "correctionsPer100" ? value.toFixed(1) : value.toFixed(3);

/** A column without figures. */
const NOTHING = { sheets: 0, ...Object.fromEntries(Object.keys(METRIC_NAMES).map((name) => [name, null])) };

/** Metrics as rows, variants as columns; a metric nobody has is left out. */
function table(columns: Record<string, Summary>): string {
  const summaries = Object.values(columns);
  const grid = new Table({ head: ["metric", ...Object.keys(columns)], style: { head: [], border: [] } });
  for (const metric of Object.keys(METRIC_NAMES) as Metric[])
    if (summaries.some((summary) => summary[metric] !== null))
      grid.push([METRIC_NAMES[metric], ...summaries.map((summary) => shown(metric, summary[metric]))]);
  return grid.toString();
}

function print({ summary, sheets, controls, oracles }: Evaluation): void {
  console.log(table({ [`${summary.sheets} sheets`]: summary, ...oracles }));
  console.log(
    "\nNegative controls: the same results, spoilt on purpose. Every figure they concern must fall.",
  );
  console.log(table({ "as read": summary, ...controls }));
  const grid = new Table({
    head: ["sheet", "symbol F1", "edge F1", "seconds", ""],
    style: { head: [], border: [] },
  });
  for (const sheet of sheets)
    grid.push([
      sheet.name,
      (sheet.symbols ?? sheet.symbolsAgnostic).f1.toFixed(3),
      sheet.edges?.f1.toFixed(3) ?? "",
      Object.values(sheet.seconds ?? {})
        .reduce((a, b) => a + b, 0)
        .toFixed(1),
      sheet.error ?? "",
    ]);
  console.log(`\n${grid.toString()}`);
}

type Evaluate = (folder: string, oracles: boolean) => Promise<Evaluation>;

/** Scores the fixed sets and holds them against their floors. */
async function judgeFixedSets(evaluate: Evaluate, flags: EvalFlags): Promise<void> {
  const [{ makeFixedSets }, { belowFloors, floorsFrom, readFloors, writeFloors }] = await Promise.all([
    import("../eval/fixed-set.ts"),
    import("../eval/floors.ts"),
  ]);
  await using sets = await makeFixedSets();
  const evaluations: Record<string, Evaluation> = {};
  for (const [name, folder] of Object.entries(sets.folders))
    evaluations[name] = await evaluate(folder, false);
  const reached = Object.fromEntries(
    Object.entries(evaluations).map(([name, { summary }]) => [name, summary]),
  );
  if (flags.setFloors) await writeFloors(floorsFrom(reached));
  const floors = await readFloors();
  const below = belowFloors(reached, floors);
  if (flags.json) console.log(JSON.stringify({ sets: evaluations, floors, below }, null, 2));
  else {
    const columns = Object.entries(reached).flatMap(([name, summary]) => [
      [name, summary] as const,
      [`${name}, floor`, { ...NOTHING, ...floors[name] } as Summary] as const,
    ]);
    console.log(table(Object.fromEntries(columns)));
    console.log(
      below.length ? `\nBelow the floor:\n${below.join("\n")}` : "\nEvery figure is above its floor.",
    );
  }
  if (below.length) process.exitCode = Exit.failed;
}

/** `penstock eval`: runs the stages over a folder of sheets with truth, and says how good the reading is. */
export function evalCommand(): Command {
  return new Command("eval")
    .description("score the reading of a folder of sheets with truth (penstock synth makes one)")
    .argument(
      "[folder]",
      "NAME.png with NAME.truth.json, or images with YOLO NAME.txt; without one, a small fixed set of generated sheets, held against the floors of docs/quality-floors.json",
    )
    .option("--limit <n>", "only the first n sheets", whole(1))
    .option("--no-oracles", "leave out the runs with true boxes and true mask")
    .option("--keep <folder>", "keep every artifact of every sheet here")
    .option("--pictures <folder>", "draw NAME.wrong.svg of every sheet here: what is missed, extra or wrong")
    .option("--set-floors", "without a folder: set the floors a little under what is reached now")
    .option("--json", "print JSON instead of tables")
    .action(async (folder: string | undefined, flags: EvalFlags) => {
      // The stages bring sharp and onnxruntime: only this verb pays for them.
      const [{ openLocalRun }, { evaluate }] = await Promise.all([
        import("../eval/local-run.ts"),
        import("../eval/evaluate.ts"),
      ]);
      for (const made of [flags.keep, flags.pictures])
        if (made) await mkdir(resolve(made), { recursive: true });
      const run = await openLocalRun();
      const judge: Evaluate = (of, oracles) =>
        evaluate(run, {
          folder: of,
          oracles,
          ...(flags.limit === undefined ? {} : { limit: flags.limit }),
          ...(flags.keep === undefined ? {} : { keep: resolve(flags.keep) }),
          ...(flags.pictures === undefined ? {} : { pictures: resolve(flags.pictures) }),
          onSheet: (done, total, name) => {
            if (!flags.json && process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done}/${total} ${name}`);
            if (!flags.json && process.stderr.isTTY && done === total) process.stderr.write("\r\x1b[K");
          },
        });
      if (folder === undefined) return judgeFixedSets(judge, flags);
      const evaluation = await judge(resolve(folder), flags.oracles);
      if (flags.json) console.log(JSON.stringify(evaluation, null, 2));
      else print(evaluation);
    });
}
