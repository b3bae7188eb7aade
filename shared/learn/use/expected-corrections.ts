import type { Model } from "#shared/inference";
import type { Coco, Graph } from "#shared/messages";
import type { Junction, Raster } from "#shared/vision";
import { named } from "../dataset/compare-boxes.ts";
import { cellFeatures } from "../features/cell-features.ts";
import { viewSheet } from "../features/sheet-view.ts";
import { runRows } from "../score/run-rows.ts";

/** How many corrections a diagram needs at a gate, by the model `ranking`: the sum over its parts. */
export async function expectedCorrections(
  model: Pick<Model, "run">,
  diagram: { sheet: Raster; detections: Coco; junctions?: readonly Junction[]; graph?: Graph },
): Promise<number> {
  const { sheet, detections, junctions, graph } = diagram;
  const cells = cellFeatures({
    sheet: viewSheet(sheet),
    boxes: named(detections),
    ...(junctions && { junctions }),
    ...(graph && { graph }),
  });
  const answers = await runRows(
    model,
    cells.map(({ features }) => features),
  );
  return answers.reduce((sum, answer) => sum + Math.max(0, answer[0]!), 0);
}
