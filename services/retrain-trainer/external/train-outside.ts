import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bus } from "#shared/bus";
import { busDatasets, exportDataset, layOutSheets } from "#shared/learn";
import type { RetrainTrain } from "#shared/messages";
import type { StageContext } from "#shared/stage";
import type { Checkpoints } from "../checkpoints.ts";
import type { TrainerSettings } from "../settings.ts";
import type { Candidate } from "../train-model.ts";
import { collect } from "./collect.ts";
import { commandLine } from "./command-line.ts";
import { packFolder, unpackFolder } from "./pack-folder.ts";
import { readProgress } from "./read-progress.ts";
import { runCommand } from "./run-command.ts";

/** Of a trainer's output, this much of the end is kept as `train.log`, in characters. */
const LOG_KEPT = 1_000_000;
/** Sheets left out that the task's log names; the trainer's output names all of them. */
const MOST_TOLD = 20;

/**
 * Has a command train a model: it gets a folder with the dataset, and leaves `model.onnx` and `metrics.json` in another. What it
 * prints is the task's log, its progress lines are the task's progress; asked to stop, it may leave a checkpoint in a
 * third folder, which the next attempt finds there again.
 * @throws as `runCommand` and `collect` do
 */
export async function trainOutside(
  { model, dataset, seed }: RetrainTrain,
  command: string,
  checkpoints: Checkpoints,
  context: StageContext<TrainerSettings, Bus>,
): Promise<Candidate> {
  const { resources: bus, settings, signal, artifacts, progress, log } = context;
  const folder = await mkdtemp(join(tmpdir(), "penstock-train-"));
  const places = {
    data: join(folder, "data"),
    holdout: join(folder, "holdout"),
    out: join(folder, "out"),
    checkpoint: join(folder, "checkpoint"),
    seed,
  };
  let output = "";
  const keepLog = () => artifacts.put("train.log", output, "text/plain");
  try {
    for (const path of [places.data, places.holdout, places.out, places.checkpoint]) await mkdir(path);
    await exportDataset(busDatasets(bus), dataset.version, places.data);
    const { train, holdout, leftOut } = await layOutSheets(busDatasets(bus), dataset.version, {
      model,
      read: (ref) => artifacts.get(ref),
      train: places.data,
      holdout: places.holdout,
      signal,
    });
    const told = `${train.length} sheets to learn from, ${holdout.length} held out, ${leftOut.length} left out`;
    output = [told, ...leftOut.map(({ uid, reason }) => `left out ${uid}: ${reason}`), ""].join("\n");
    log.info(told);
    for (const { uid, reason } of leftOut.slice(0, MOST_TOLD)) log.warn(`left out ${uid}: ${reason}`);
    const kept = await checkpoints.load();
    if (kept) await unpackFolder(kept, places.checkpoint);
    const words = commandLine(command, places);
    log.info(`runs ${words.join(" ")}${kept ? ", from a checkpoint" : ""}`);
    try {
      await runCommand({
        command: words,
        signal,
        limitMs: settings.commandLimitMs,
        graceMs: settings.killGraceMs,
        onLine(line) {
          output = `${output}${line}\n`.slice(-LOG_KEPT);
          const reached = readProgress(line);
          if (reached) progress(reached.fraction, reached.note);
          else log.info(line);
        },
      });
      const { onnx, metrics, metricsText, card } = await collect(model, places.out);
      const about = card ?? JSON.stringify({ model, command, dataset: dataset.version, seed });
      return {
        metrics,
        trainer: command.slice(0, 1000),
        artifacts: {
          "model.onnx": await artifacts.put("model.onnx", onnx, "application/onnx"),
          "card.json": await artifacts.put("card.json", about, "application/json"),
          "metrics.json": await artifacts.put("metrics.json", metricsText, "application/json"),
          "train.log": await keepLog(),
        },
      };
    } catch (error) {
      if (signal.aborted) {
        const left = await packFolder(places.checkpoint);
        if (left) await checkpoints.save(left);
        log.info(left ? `checkpoint of ${left.byteLength} bytes kept` : "left no checkpoint");
      }
      const { key } = await keepLog();
      log.warn("the trainer's output is kept", { key });
      throw error;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
