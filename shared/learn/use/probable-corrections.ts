import type { Model } from "#shared/inference";
import type { Coco, Graph } from "#shared/messages";
import type { Raster } from "#shared/vision";
import type { readJunctionList } from "../dataset/junction-list.ts";
import { expectedCorrections } from "./expected-corrections.ts";
import { boxCertainties, graphCertainties } from "./least-certainty.ts";

type Run = Pick<Model, "run">;

/** What a person at a gate sees: the boxes, and at the graph's gate what was built of them. */
export interface AtGate {
  sheet: Raster;
  detections: Coco;
  built?: { graph: Graph; list: ReturnType<typeof readJunctionList>; annotations: Coco };
}

/** Corrections a diagram that waits probably needs, by the models there are; null without any. */
export async function probableCorrections(
  { sheet, detections, built }: AtGate,
  { regression, ranking }: { regression: Run | null; ranking: Run | null },
): Promise<number | null> {
  const certainties =
    regression &&
    (await (built
      ? graphCertainties(regression, built.graph, built.list, built.annotations)
      : boxCertainties(regression, sheet, detections)));
  const expected =
    ranking &&
    (await expectedCorrections(ranking, {
      sheet,
      detections,
      ...(built && { junctions: built.list.junctions, graph: built.graph }),
    }));
  return correctionsOf(certainties, expected);
}

/**
 * What two models say together: what is probably wrong has to be corrected in any case; what is missing only `ranking` can tell.
 * @returns to two digits; null when neither was asked
 */
export function correctionsOf(certainties: readonly number[] | null, expected: number | null): number | null {
  if (certainties === null && expected === null) return null;
  const wrong = certainties?.reduce((sum, right) => sum + 1 - right, 0) ?? 0;
  return Math.round(Math.max(wrong, expected ?? 0) * 100) / 100;
}
