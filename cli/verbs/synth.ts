import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { makeDataset, type ScanLevel } from "#shared/synth";

const levels = ["none", "light", "heavy", "mixed"] as const;

function whole(low: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < low)
      throw new InvalidArgumentError(`a whole number from ${low} on`);
    return value;
  };
}

/** WIDTHxHEIGHT in px, each between 600 and 12000. */
function size(text: string): [number, number] {
  const match = /^(\d+)x(\d+)$/i.exec(text);
  const sides = match?.slice(1).map(Number) ?? [];
  if (sides.length !== 2 || sides.some((s) => s < 600 || s > 12_000))
    throw new InvalidArgumentError("WIDTHxHEIGHT with each side from 600 to 12000 px, for example 4000x3000");
  return sides as [number, number];
}

function level(text: string): ScanLevel | "mixed" {
  const found = levels.find((l) => l === text);
  if (!found) throw new InvalidArgumentError(`one of ${levels.join(", ")}`);
  return found;
}

function existing(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError("no such file or folder");
  return path;
}

interface SynthFlags {
  count: number;
  out: string;
  seed: number;
  size?: [number, number];
  scan: ScanLevel | "mixed";
  jobs: number;
  stencils?: string;
  json?: boolean;
}

/** `penstock synth`: fills a folder with generated sheets and their truth. */
export function synthCommand(): Command {
  return new Command("synth")
    .description("generate P&ID sheets with exact truth: boxes, masks, skeleton, junctions, graph")
    .requiredOption("--out <folder>", "where the sheets go")
    .option("--count <n>", "how many sheets", whole(1), 1)
    .option("--seed <s>", "seed of the first sheet; the same seed gives the same sheet", whole(0), 1)
    .option("--size <WxH>", "size of every sheet in px; drawn by lot when left out", size)
    .option("--scan <level>", `traces of paper and scanner: ${levels.join(", ")}`, level, "none")
    .option(
      "--stencils <path>",
      "mxGraph stencil XML, file or folder: more drawings of the same classes",
      existing,
    )
    .option("--jobs <n>", "processes at once", whole(1), 1)
    .option("--json", "print one JSON object instead of a progress bar")
    .action(async (flags: SynthFlags) => {
      const started = performance.now();
      const bar = !flags.json && process.stderr.isTTY;
      const [widthPx, heightPx] = flags.size ?? [];
      await makeDataset({
        folder: resolve(flags.out),
        count: flags.count,
        seed: flags.seed,
        widthPx,
        heightPx,
        scan: flags.scan,
        stencils: flags.stencils && resolve(flags.stencils),
        jobs: flags.jobs,
        progress: bar ? (done) => process.stderr.write(`\r${drawBar(done, flags.count)}`) : undefined,
      });
      if (bar) process.stderr.write("\n");
      const seconds = (performance.now() - started) / 1000;
      const result = {
        folder: resolve(flags.out),
        sheets: flags.count,
        firstSeed: flags.seed,
        seconds: Number(seconds.toFixed(2)),
      };
      if (flags.json) console.log(JSON.stringify(result));
      else
        console.log(
          `${flags.count} sheets in ${result.folder}, ${(flags.count / seconds).toFixed(2)} sheets/s`,
        );
    });
}

/** Progress as text, 30 squares wide. */
function drawBar(done: number, count: number): string {
  const full = Math.round((done / count) * 30);
  return `[${"#".repeat(full)}${".".repeat(30 - full)}] ${done}/${count}`;
}
