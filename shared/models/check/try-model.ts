import { readFile } from "node:fs/promises";
import { FatalError } from "#shared/errors";
import {
  badWeights,
  type Dimension,
  type Model,
  type ModelCard,
  openModel,
  type TensorData,
} from "#shared/inference";
import type { ModelName } from "#shared/messages";
import { decodeDetections } from "#shared/vision";
import { declaredModel } from "../declared.ts";
import type { StoredCard } from "../records.ts";
import { checkCard } from "./check-card.ts";

/** What a file turned out to be. */
export interface TriedModel {
  card: StoredCard;
  /** Sizes of input and output; null is any. */
  input: Dimension[];
  output: Dimension[];
  /** What one run took, ms. */
  runMs: number;
}

/** What is known of a file from elsewhere. */
export interface KnownOfModel {
  /** Class names that take the place of the file's own. */
  names?: string[];
  /** Its card, as it was stored with the version. */
  card?: StoredCard;
}

/** Sides tried where a model takes any: YOLO's usual one, and a small tile every segmenter divides. */
const DETECTOR_PX = 640;
const TILE_PX = 256;
/** What anything else is tried with where its file fixes no size. */
const FREE_SIZE = 8;

/**
 * Opens a file as one version of a model, looks at its weights and runs it once on grey noise: whatever a stage would find
 * out with its first sheet is found out here. Native code runs on the file, so this belongs into a process of its own.
 * @param known what takes the place of the file's own words: class names, or all of its card
 * @throws FatalError `MODEL_ABSENT`, `MODEL_INVALID` with the reason
 */
export async function tryModel(name: ModelName, path: string, known: KnownOfModel = {}): Promise<TriedModel> {
  const refuse = (why: string): never => {
    throw new FatalError("MODEL_INVALID", why);
  };
  const weights = await readFile(path)
    .then(badWeights)
    .catch((error: Error) => (error instanceof RangeError ? error.message : undefined));
  if (weights) refuse(weights);
  const shape = await shapeOf(name);
  await using model = await openModel({
    path,
    ...shape,
    ...(known.card ? { card: known.card as ModelCard } : {}),
    threads: 1,
  });
  if (known.names) model.card.names = known.names;
  checkCard(name, model.card, "this model");
  const dims = triedDims(name, model, refuse);
  const size = dims.reduce((product, d) => product * d, 1);
  const begun = performance.now();
  const result = await model.session
    .run({ data: noise(size), dims })
    .catch((error: Error) => refuse(`it cannot be run on an input of ${dims.join(" × ")}: ${error.message}`));
  const runMs = performance.now() - begun;
  const wrong = result.data.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) refuse(`its output holds ${result.data[wrong]}: the training diverged`);
  if (name === "detector") checkDetector(model, dims, result as TensorData, refuse);
  if (name === "segmenter") checkSegmenter(model, dims, result.dims, refuse);
  if (name === "classification" && result.dims[1] !== model.card.names.length)
    refuse(`it names ${model.card.names.length} classes and gives ${result.dims[1]} numbers`);
  return { card: model.card, input: model.inputDims, output: model.outputDims, runMs };
}

/** The declared shape; the learned models' own are with their trainers, which only this process loads. */
async function shapeOf(name: ModelName) {
  const { input, output, outputTypes } = declaredModel(name);
  if (input && output) return { input, output, outputTypes };
  const { TRAINERS } = await import("#shared/learn");
  const trainer = TRAINERS[name as keyof typeof TRAINERS];
  return { input: trainer.input, output: trainer.output };
}

type Refuse = (why: string) => never;

/** An input the model says it takes: one item, square where it is an image. */
function triedDims(name: ModelName, { inputDims, card }: Model, refuse: Refuse): number[] {
  const [batch, ...rest] = inputDims;
  if (rest.length < 3) return [batch ?? 1, ...rest.map((size) => size ?? FREE_SIZE)];
  const [channels, height, width] = rest;
  if (height && width && height !== width)
    refuse(`its input is ${width} × ${height}; slices and tiles are square`);
  const usual = name === "segmenter" ? TILE_PX : (card.inputPx ?? DETECTOR_PX);
  const side = height ?? width ?? usual;
  return [batch ?? 1, channels ?? (name === "detector" ? 3 : 1), side, side];
}

function checkDetector(
  model: Model,
  dims: readonly number[],
  { data, dims: found }: TensorData,
  refuse: Refuse,
): void {
  const { names, endToEnd = false } = model.card;
  try {
    decodeDetections(data, found, { classes: names.length, endToEnd, inputPx: dims[2]! });
  } catch (error) {
    refuse((error as Error).message);
  }
}

function checkSegmenter(
  model: Model,
  dims: readonly number[],
  found: readonly number[],
  refuse: Refuse,
): void {
  const [, classes = 0, height, width] = found;
  if (height !== dims[2] || width !== dims[3])
    refuse(`it gives ${width} × ${height} pixels for a tile of ${dims[3]} × ${dims[2]}`);
  const named = model.card.names.length;
  if (named > 0 && classes > 1 && named !== classes)
    refuse(`it names ${named} classes and gives ${classes} planes`);
  if (classes === 1 && model.card.logitStep) refuse("of its one plane of bytes nobody knows which is zero");
  if (classes < 1 || classes > 256) refuse(`it gives ${classes} planes, expected 1 to 256`);
}

/** Numbers 0..1 that look alike each time (xorshift32). */
function noise(length: number): Float32Array {
  const data = new Float32Array(length);
  let state = 0x9e3779b9;
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    data[i] = (state >>> 0) / 2 ** 32;
  }
  return data;
}
