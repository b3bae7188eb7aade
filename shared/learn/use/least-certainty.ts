import type { Model } from "#shared/inference";
import type { Coco, Graph } from "#shared/messages";
import type { Junction, Raster } from "#shared/vision";
import { named } from "../dataset/compare-boxes.ts";
import { boxFeatures } from "../features/box-features.ts";
import { edgeFeatures } from "../features/edge-features.ts";
import { junctionFeatures } from "../features/junction-features.ts";
import { viewSheet } from "../features/sheet-view.ts";
import { runRows } from "../score/run-rows.ts";

type Run = Pick<Model, "run">;

/** How likely each box of `detections.json` is right, in its order, by the model `regression`. */
export async function boxCertainties(model: Run, sheet: Raster, detections: Coco): Promise<number[]> {
  return probabilities(model, boxFeatures(named(detections), viewSheet(sheet)));
}

/** How likely the junctions, then the edges, of a graph are right, by the model `regression`. */
export async function graphCertainties(
  model: Run,
  graph: Graph,
  { junctions, lineWidthPx }: { junctions: readonly Junction[]; lineWidthPx: number },
  annotations: Coco,
): Promise<number[]> {
  const boxes = named(annotations).map(({ bbox }) => bbox);
  const rows = [...junctionFeatures(junctions, boxes, lineWidthPx), ...edgeFeatures(graph, lineWidthPx)];
  return probabilities(model, rows);
}

/** The least of them; 0 where there is nothing, which is something a person should see. */
export const leastCertainty = (certainties: readonly number[]): number =>
  certainties.length ? Math.min(...certainties) : 0;

async function probabilities(model: Run, rows: readonly Float32Array[]): Promise<number[]> {
  if (rows.length === 0) return [];
  return (await runRows(model, rows)).map((answer) => Math.min(1, Math.max(0, answer[0]!)));
}
