import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { FatalError } from "#shared/errors";
import { type Dimension, dimensionsOf, misfit, type WantedDimension } from "./check-shape.ts";
import { findModel } from "./find-model.ts";
import type { ModelCard } from "./model-card.ts";
import { readOnnxFile } from "./onnx-file.ts";
import { openSession } from "./open-session.ts";
import { openThreaded } from "./open-threaded.ts";
import { readCard } from "./read-card.ts";
import type { Ran, Session, TensorData } from "./session.ts";

export interface OpenModelOptions {
  /** Absolute, or below the working folder, or below Penstock's own. */
  path: string;
  /** What its one input must look like; null is any size. @default anything */
  input?: readonly WantedDimension[];
  /** What its first output must look like. @default anything */
  output?: readonly WantedDimension[];
  /** What its output may be made of. @default float32 */
  outputTypes?: readonly string[] | undefined;
  /** What is known of it from elsewhere; then neither its metadata nor a file beside it is asked. */
  card?: ModelCard;
  /** Threads of one run; 0 is one per core. @default 0 */
  threads?: number;
  /** Execution provider of ONNX Runtime; others than "cpu" need their libraries. @default "cpu" */
  provider?: string;
  /** Runs in a thread of its own, so that this one prepares the next run and works on the last meanwhile. @default false */
  apart?: boolean;
}

/** An opened model: one input, and of its outputs the first. */
export interface Model extends AsyncDisposable {
  path: string;
  /** SHA-256 of the file, hex: says which model made a result. */
  digest: string;
  card: ModelCard;
  /** Sizes the model fixes; null where it takes any. */
  inputDims: Dimension[];
  /** The same of its first output; empty when the file does not say. */
  outputDims: Dimension[];
  /** Runs one batch of a model that gives floats. The input's buffer may be used again afterwards, unless the model runs apart: then it is gone. */
  run(input: TensorData): Promise<TensorData>;
  /** What {@link runBatches} runs: hands buffers over and back. */
  session: Session;
}

/**
 * Opens an ONNX model and checks that the stage can use it. It is meant to live as long as the executor process.
 * @throws FatalError `MODEL_ABSENT`; `MODEL_INVALID` when it is no ONNX model or has other inputs and outputs
 */
export async function openModel(options: OpenModelOptions): Promise<Model> {
  const path = await findModel(options.path);
  const bytes = await readFile(path);
  const refuse = (cause: unknown): never => {
    throw new FatalError("MODEL_INVALID", `${path}: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  };
  let metadata: Record<string, string> = {};
  try {
    metadata = readOnnxFile(bytes).metadata;
  } catch (error) {
    refuse(error);
  }
  const card = options.card ?? (await readCard(path, metadata));
  const session = await (options.apart ? openThreaded : openSession)(path, {
    threads: options.threads || availableParallelism(),
    provider: options.provider ?? "cpu",
  }).catch(refuse);
  const { inputs, output } = session;
  const problem =
    (inputs.length === 1 ? undefined : `it has ${inputs.length} inputs, expected one`) ??
    (options.input && misfit("input", inputs[0], options.input)) ??
    (options.output && misfit("output", output, options.output, options.outputTypes)) ??
    (output.type === "uint8" && !card.logitStep
      ? "its output is bytes, and its metadata names no logit_step"
      : undefined);
  if (problem) {
    await session.release();
    refuse(problem);
  }
  return {
    path,
    digest: createHash("sha256").update(bytes).digest("hex"),
    card,
    inputDims: dimensionsOf(inputs[0]!, options.input?.length),
    outputDims: dimensionsOf(output, options.output?.length),
    run: async (input) => (await session.run(input)) as Ran & TensorData,
    session,
    [Symbol.asyncDispose]: session.release,
  };
}
