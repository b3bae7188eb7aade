import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { FatalError } from "#shared/errors";
import { type Dimension, dimensionsOf, misfit } from "./check-shape.ts";
import { findModel } from "./find-model.ts";
import type { ModelCard } from "./model-card.ts";
import { readOnnxFile } from "./onnx-file.ts";
import { readCard } from "./read-card.ts";

export interface OpenModelOptions {
  /** Absolute, or below the working folder, or below Penstock's own. */
  path: string;
  /** What its one input must look like; null is any size. @default anything */
  input?: readonly Dimension[];
  /** What its first output must look like. @default anything */
  output?: readonly Dimension[];
  /** What is known of it from elsewhere; then neither its metadata nor a file beside it is asked. */
  card?: ModelCard;
  /** Threads of one run; 0 is one per core. @default 0 */
  threads?: number;
  /** Execution provider of ONNX Runtime; others than "cpu" need their libraries. @default "cpu" */
  provider?: string;
}

/** Numbers with a shape, row-major. */
export interface TensorData {
  data: Float32Array;
  dims: readonly number[];
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
  /**
   * Runs one batch. The buffer may be used again afterwards.
   * @param into the result of an earlier run whose output had the same shape: its memory is written again instead of new
   */
  run(input: TensorData, into?: TensorData): Promise<TensorData>;
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
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const provider = options.provider ?? "cpu";
  const session = await InferenceSession.create(path, {
    executionProviders: provider === "cpu" ? ["cpu"] : [provider, "cpu"],
    intraOpNumThreads: options.threads || availableParallelism(),
    logSeverityLevel: 3,
    // Threads that spin while they wait take the core from whoever else works: other executors, and this one's own pixels.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  }).catch(refuse);
  const input = session.inputMetadata[0]!;
  const output = session.outputMetadata[0]!;
  if (session.inputNames.length !== 1) refuse(`it has ${session.inputNames.length} inputs, expected one`);
  const problem =
    (options.input && misfit("input", input, options.input)) ??
    (options.output && misfit("output", output, options.output));
  if (problem) refuse(problem);
  return {
    path,
    digest: createHash("sha256").update(bytes).digest("hex"),
    card,
    inputDims: dimensionsOf(input, options.input?.length),
    outputDims: dimensionsOf(output, options.output?.length),
    async run({ data, dims }, into) {
      const feeds = { [input.name]: new Tensor("float32", data, dims) };
      const results = await session.run(
        feeds,
        into ? { [output.name]: new Tensor("float32", into.data, into.dims) } : [output.name],
      );
      // What is handed back lies elsewhere; the numbers themselves were written where they were asked for.
      if (into) return into;
      const result = results[output.name]!;
      return { data: result.data as Float32Array, dims: result.dims };
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}
