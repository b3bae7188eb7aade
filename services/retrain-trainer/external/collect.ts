import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { PermanentError } from "#shared/errors";
import type { ModelName } from "#shared/messages";
import { checkModel, MODEL_MAX_BYTES } from "#shared/models";

/** What an external trainer left. */
export interface Collected {
  onnx: Uint8Array;
  metrics: Record<string, number>;
  /** `metrics.json` as it is. */
  metricsText: string;
  /** The file beside the model (`<model>.json`), when there is one. */
  card: string | undefined;
}

/** Figures of `metrics.json` that are kept with a version. */
const MOST_METRICS = 100;

/**
 * Takes what an external trainer left in its folder, once it has been tried.
 * @throws PermanentError `TRAINER_LEFT_NO_MODEL`, `TRAINER_LEFT_BAD_METRICS`, `MODEL_INVALID` (NaN weights, wrong shapes)
 */
export async function collect(model: ModelName, folder: string): Promise<Collected> {
  const path = await findOnnx(model, folder);
  const { size } = await stat(path);
  if (size > MODEL_MAX_BYTES)
    throw new PermanentError(
      "MODEL_INVALID",
      `${basename(path)} has ${size} bytes, the limit is ${MODEL_MAX_BYTES}`,
    );
  const metricsText = await readFile(join(folder, "metrics.json"), "utf8").catch(() => {
    throw new PermanentError("TRAINER_LEFT_BAD_METRICS", "the trainer left no metrics.json");
  });
  const metrics = readMetrics(metricsText);
  await checkModel(model, path);
  const card = await readFile(path.replace(/\.onnx$/, ".json"), "utf8").catch(() => undefined);
  return { onnx: await readFile(path), metrics, metricsText, card };
}

/** `model.onnx`, `<model>.onnx`, or the only ONNX file there is. */
async function findOnnx(model: ModelName, folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => file.toLowerCase().endsWith(".onnx"));
  const [file] = ["model.onnx", `${model}.onnx`].filter((name) => files.includes(name));
  if (file !== undefined) return join(folder, file);
  if (files.length === 1) return join(folder, files[0]!);
  throw new PermanentError(
    "TRAINER_LEFT_NO_MODEL",
    files.length === 0
      ? "the trainer ended well and left no ONNX file"
      : `the trainer left ${files.length} ONNX files and none is called model.onnx or ${model}.onnx`,
  );
}

/** Numbers by their path (`withClass.f1`), lists left out. */
function readMetrics(text: string): Record<string, number> {
  const metrics: Record<string, number> = {};
  const walk = (value: unknown, path: string) => {
    if (Object.keys(metrics).length >= MOST_METRICS || path.length > 100) return;
    if (typeof value === "number" && path !== "") {
      if (!Number.isFinite(value)) throw new RangeError(`${path} is ${value}`);
      metrics[path] = value;
    } else if (value !== null && typeof value === "object" && !Array.isArray(value))
      for (const [key, each] of Object.entries(value)) walk(each, path === "" ? key : `${path}.${key}`);
  };
  try {
    walk(JSON.parse(text), "");
  } catch (cause) {
    throw new PermanentError(
      "TRAINER_LEFT_BAD_METRICS",
      `metrics.json cannot be used: ${(cause as Error).message.slice(0, 200)}`,
      { cause },
    );
  }
  return metrics;
}
