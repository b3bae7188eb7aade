import type { WantedDimension } from "#shared/inference";
import type { ModelName } from "#shared/messages";

/** A model the system knows by name, and what its file must look like. */
export interface DeclaredModel {
  /** What it does, one sentence. */
  job: string;
  /** File under `models/` that is used until something is promoted; models without one do nothing until then. */
  shipped?: string;
  /** Shape of its one input, null for any size; the learned models say theirs themselves (`#shared/learn`). */
  input?: readonly WantedDimension[];
  /** Shape of its first output. */
  output?: readonly WantedDimension[];
  /** What its output may be made of. @default float32 */
  outputTypes?: readonly string[];
  /** Its runs are long: where a core is free for it, they go beside the work on what goes in and comes out. */
  apart?: boolean;
}

/** Every model by name. A version of any of them can be added, promoted and rolled back. */
export const MODELS = {
  detector: {
    job: "finds symbols on a sheet",
    shipped: "models/detector.onnx",
    input: [null, [1, 3], null, null],
    output: [null, null, null],
    apart: true,
  },
  segmenter: {
    job: "labels every pixel of a sheet: line, symbol, text, ground",
    shipped: "models/segmenter.onnx",
    input: [null, [1, 3], null, null],
    output: [null, null, null, null],
    outputTypes: ["float32", "uint8"],
    apart: true,
  },
  classification: {
    job: "tells tees, crosses, bridges and plain crossings apart",
    shipped: "models/junction.onnx",
    input: [null, 1, null, null],
    output: [null, null],
  },
  regression: { job: "says how likely an item is right, for the automatic gates" },
  clustering: { job: "groups symbols nobody has named yet" },
  ranking: { job: "says which diagrams and items most need a person" },
  recommendation: { job: "says which class a symbol most likely has" },
} as const satisfies Record<ModelName, DeclaredModel>;

/** The declaration of a model, with the fields only some have. */
export const declaredModel = (name: ModelName): DeclaredModel => MODELS[name];

/** True for a name of {@link MODELS}. */
export const isModelName = (name: string): name is ModelName => Object.hasOwn(MODELS, name);
