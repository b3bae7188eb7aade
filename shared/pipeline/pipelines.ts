import { diagramPipeline } from "./diagram.ts";
import { retrainPipeline } from "./retrain.ts";

/** Every pipeline of the product. */
export const PIPELINES = [diagramPipeline, retrainPipeline] as const;
