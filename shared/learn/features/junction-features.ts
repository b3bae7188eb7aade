import type { Box, Junction } from "#shared/vision";
import { type ItemFeature, itemVector, logit } from "./item-layout.ts";

/** Junctions within this many line widths are near. */
const NEAR_WIDTHS = 20;

/** Measures the classified places of a sheet; in the order given. */
export function junctionFeatures(
  junctions: readonly Junction[],
  boxes: readonly Box[],
  unitPx: number,
): Float32Array[] {
  const sheetScore = junctions.reduce((sum, { score }) => sum + score, 0) / (junctions.length || 1);
  return junctions.map((junction, own) => {
    const [x, y] = junction.at;
    const boxPx = boxes.reduce((least, box) => Math.min(least, distanceTo(box, x, y)), 2000);
    const near = junctions.filter(
      ({ at }, i) => i !== own && Math.hypot(at[0] - x, at[1] - y) < NEAR_WIDTHS * unitPx,
    );
    return itemVector({
      isJunction: 1,
      score: junction.score,
      scoreLogit: logit(junction.score),
      sheetItemsLog: Math.log1p(junctions.length),
      sheetScore,
      arms: junction.arms.length,
      [`is-${junction.kind}` as ItemFeature]: 1,
      straightness: straightness(junction),
      boxDistanceLog: Math.log1p(boxPx / unitPx),
      junctionsNear: near.length,
    });
  });
}

/** How straight the arms that continue into each other run: 1 is in line, the worst pair counts. */
function straightness({ arms, continues }: Junction): number {
  return continues.reduce((least, [a, b]) => {
    const [one, two] = [arms[a]!, arms[b]!];
    return Math.min(least, -(one[0] * two[0] + one[1] * two[1]));
  }, 1);
}

function distanceTo([x, y, w, h]: Box, px: number, py: number): number {
  return Math.hypot(Math.max(x - px, 0, px - x - w), Math.max(y - py, 0, py - y - h));
}
