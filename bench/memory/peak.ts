import { readFile } from "node:fs/promises";
import { PIPELINES } from "#shared/pipeline";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { stageEntries } from "../../cli/up/stage-entries.ts";
import type { Later } from "../support/run-bench.ts";
import { runSheet } from "../support/run-sheet.ts";
import { startNats } from "../support/start-nats.ts";
import { readPeak, resetPeak } from "./read-memory.ts";

/** What a stage made the executor hold at most. */
export interface StagePeak {
  stage: string;
  /** Bytes resident at most while the handler ran. */
  peak: number;
  seconds: number;
}

/**
 * Sends a sheet through every stage in one executor, as `penstock up` does, and reads the kernel's own high-water mark of
 * that process for each stage. What an earlier stage left behind counts for the later ones.
 */
export async function measurePeak(later: Later, drawing: string): Promise<StagePeak[]> {
  const { bus, end } = await startNats(later);
  const peaks: StagePeak[] = [];
  const begun = new Map<string, number>();
  const stages = await startStages({
    bus,
    stages: stageEntries(PIPELINES),
    log: createLogger("bench"),
    version: "0.0.0",
    executors: 1,
    onStep(step, task) {
      const stage = task.split(".")[0] ?? "";
      const isInline = PIPELINES.some(
        (pipeline) => (pipeline.stages as Record<string, { inline: boolean }>)[stage]?.inline,
      );
      if (isInline) return;
      if (step === "received") {
        begun.set(task, performance.now());
        for (const pid of stages.pool.pids()) resetPeak(pid);
      }
      if (step === "handled") {
        const peak = Math.max(...stages.pool.pids().map(readPeak));
        const seconds = (performance.now() - (begun.get(task) ?? 0)) / 1000;
        peaks.push({ stage, peak, seconds });
        console.error(`${stage}: ${(peak / 1e6).toFixed(0)} MB, ${seconds.toFixed(1)} s`);
      }
    },
  });
  const stop = later(() => stages.stop(0));
  await runSheet(bus, await readFile(drawing));
  await stop();
  await end();
  return peaks;
}
