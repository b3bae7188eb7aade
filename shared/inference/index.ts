export type { Dimension } from "./check-shape.ts";
export { badWeights } from "./check-weights.ts";
export { findModel } from "./find-model.ts";
export { type ModelCard, modelCard, parseNames } from "./model-card.ts";
export { modelSettings } from "./model-settings.ts";
export { type OnnxFile, readOnnxFile } from "./onnx-file.ts";
export { type Model, type OpenModelOptions, openModel, type TensorData } from "./open-model.ts";
export { readCard } from "./read-card.ts";
export { type BatchOptions, runBatches } from "./run-batches.ts";
