import { Command } from "commander";
import type { Bus } from "#shared/bus";
import { listRetrains, type RetrainRun, readRetrain, startRetrain } from "#shared/operate";
import { Exit } from "../exit.ts";
import { ago, duration } from "../format.ts";
import { jsonOption, reasonOption, whole, words } from "../parse-options.ts";
import { type PrintOptions, print, table } from "../print.ts";
import { retrainFrame } from "../retrain/frame.ts";
import { paintState } from "../style.ts";
import { openScreen } from "../top/screen.ts";
import { whoAmI, withBus } from "../with-bus.ts";

interface RetrainFlags extends PrintOptions {
  models?: string[];
  dataset?: string;
  seed?: number;
  watch?: boolean;
  list?: boolean;
  reason?: string;
}

const LOOK_MS = 500;
const LISTED = 20;

/** `penstock retrain`: trains models in parallel; `--watch` shows a live table, `--list` the runs so far. */
export function retrainCommand(): Command {
  return new Command("retrain")
    .description("train models on what people have validated; those that beat the live ones are promoted")
    .option("--models <names>", "only these, separated by commas", words)
    .option("--dataset <version>", "a frozen dataset instead of a new one")
    .option("--seed <n>", "seed of every random choice", whole(0))
    .option("--watch", "show a live table until the run is over")
    .option("--list", "list the runs so far instead of starting one")
    .addOption(reasonOption())
    .addOption(jsonOption())
    .action((flags: RetrainFlags) =>
      withBus(async (bus) => {
        if (flags.list) return showList(bus, flags);
        const { models, dataset, seed, reason } = flags;
        const started = await startRetrain(bus, { models, dataset, seed, by: whoAmI(), reason });
        if (!flags.watch) return print(flags, started, () => `started ${started.run}`);
        const run = await watch(bus, started.run, flags);
        if (run.state !== "completed") process.exitCode = Exit.watchedFailed;
      }),
    );
}

async function showList(bus: Bus, flags: RetrainFlags): Promise<void> {
  const runs = await listRetrains(bus, LISTED);
  const rows = runs.map(({ run, state, createdAt, endedAt, by, schedule, parts, reason }) => {
    const promoted = Object.entries(parts).flatMap(([name, part]) => (part.promoted ? [name] : []));
    const took = endedAt === null ? "–" : duration(endedAt - createdAt);
    return [
      run,
      paintState(state),
      ago(createdAt),
      took,
      schedule ?? by ?? "",
      promoted.join(", ") || (reason ?? ""),
    ];
  });
  print(flags, { runs }, () =>
    table(["run", "state", ">begun", ">took", "by", "promoted, or why not"], rows),
  );
}

/** Shows the run until it is over: redrawn on a terminal, told once at its end elsewhere. */
async function watch(bus: Bus, id: string, flags: RetrainFlags): Promise<RetrainRun> {
  const isLive = process.stdout.isTTY === true && !flags.json;
  const run = await follow(bus, id, isLive);
  print(flags, run, () => retrainFrame(run, process.stdout.columns ?? 160));
  return run;
}

async function follow(bus: Bus, id: string, isLive: boolean): Promise<RetrainRun> {
  await using screen = isLive ? openScreen() : undefined;
  for (;;) {
    const run = await readRetrain(bus, id).catch((error: Error & { code?: string }) => {
      // The tracker has not heard of it yet, or is away for a moment.
      if (error.code === "RUN_NOT_FOUND" || error.code === "TRACKER_UNAVAILABLE") return null;
      throw error;
    });
    if (run && (run.endedAt !== null || screen?.ended)) return run;
    if (run) screen?.draw(retrainFrame(run, process.stdout.columns ?? 160));
    await (screen ? screen.pause(LOOK_MS) : new Promise((resolve) => setTimeout(resolve, LOOK_MS)));
  }
}
