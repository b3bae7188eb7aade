import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { connectBus } from "#shared/bus";
import { busDatasets, type ModelName, readDataset, TRAINERS } from "#shared/learn";
import { addModel, promoteModel } from "#shared/models";

// A program too: `train-model.ts URL MODEL PATH` trains on the latest dataset, so that a test that looks at what its own process
// loads does not load it by training.

/** Trains a model on the latest dataset at `url`, in a process of its own; gives the file. */
export async function trainModel(url: string, name: ModelName, path: string): Promise<Uint8Array> {
  const program = fileURLToPath(import.meta.url);
  await promisify(execFile)(process.execPath, ["--import", "tsx", program, url, name, path]);
  return readFile(path);
}

/** Trains, adds and promotes. @returns the version, e.g. `v1` */
export async function trainAndPromote(url: string, name: ModelName, folder: string): Promise<string> {
  const bytes = await trainModel(url, name, `${folder}/${name}.onnx`);
  await using bus = await connectBus({ url, name: "train-model" });
  const { version } = await addModel(bus, name, { bytes }, { by: "test" });
  await promoteModel(bus, name, { version, by: "test" });
  return version;
}

const [, program, url, name, path] = process.argv;
if (program && import.meta.url === pathToFileURL(program).href && url && name && path) {
  await using bus = await connectBus({ url, name: "train-model" });
  const { train } = await readDataset(busDatasets(bus), "latest");
  const { onnx } = await TRAINERS[name as ModelName].train(train, {
    seed: 1,
    signal: new AbortController().signal,
    progress: () => undefined,
    saveCheckpoint: async () => undefined,
    settings: { rounds: name === "regression" || name === "ranking" ? 60 : 8 },
  });
  await writeFile(path, onnx);
}
