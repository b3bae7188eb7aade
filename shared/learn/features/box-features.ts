import { superclassOf } from "#shared/symbols";
import type { Box } from "#shared/vision";
import { inkShare } from "./ink-share.ts";
import { type ItemFeature, itemVector, logit } from "./item-layout.ts";
import { rimInk } from "./rim-ink.ts";
import type { SheetView } from "./sheet-view.ts";

/** A detector's claim. */
export interface ClaimedBox {
  bbox: Box;
  class: string;
  /** 0..1 */
  score: number;
}

/** Neighbours within this many line widths crowd a box. */
const CROWD_WIDTHS = 30;

/** Measures every claim of a sheet for the model that says how likely an item is right; in the order given. */
export function boxFeatures(claims: readonly ClaimedBox[], sheet: SheetView): Float32Array[] {
  const { ink, grey, unitPx } = sheet;
  const scores = claims.map(({ score }) => score);
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / (list.length || 1);
  const sheetScore = mean(scores);
  const byClass = new Map<string, number[]>();
  for (const { class: name, score } of claims) byClass.set(name, [...(byClass.get(name) ?? []), score]);
  return claims.map((claim, i) => {
    const [x, y, w, h] = claim.bbox;
    const inside = inkShare(ink, grey, claim.bbox);
    const ring = inkShare(ink, grey, [x - w / 4, y - h / 4, 1.5 * w, 1.5 * h]);
    const rim = rimInk(ink, claim.bbox, unitPx);
    const near = neighbours(claims, i, CROWD_WIDTHS * unitPx);
    const same = byClass.get(claim.class)!;
    const toRim = Math.min(x, y, ink.width - x - w, ink.height - y - h);
    return itemVector({
      isBox: 1,
      score: claim.score,
      scoreLogit: logit(claim.score),
      sheetItemsLog: Math.log1p(claims.length),
      sheetScore,
      widthLog: Math.log1p(w / unitPx),
      heightLog: Math.log1p(h / unitPx),
      aspectLog: Math.abs(Math.log((w + 1) / (h + 1))),
      inkShare: inside.share,
      rimShare: rim.share,
      rimRuns: rim.runs.reduce((a, b) => a + b, 0),
      ringShare: ring.share,
      contrast: inside.contrast,
      nearestLog: Math.log1p(near.nearestPx / unitPx),
      overlap: near.overlap,
      contained: near.contained,
      crowdLog: Math.log1p(near.crowd),
      sheetRimLog: Math.log1p(Math.max(0, toRim) / unitPx),
      classCountLog: Math.log1p(same.length),
      classScore: mean(same),
      [`is-${superclassOf(claim.class) ?? "other"}` as ItemFeature]: 1,
    });
  });
}

/** Most distance reported where a box is alone, px. */
const ALONE_PX = 2000;

function neighbours(claims: readonly ClaimedBox[], own: number, reachPx: number) {
  const [x, y, w, h] = claims[own]!.bbox;
  let [nearestPx, overlap, contained, crowd] = [ALONE_PX, 0, 0, 0];
  claims.forEach(({ bbox: [bx, by, bw, bh] }, i) => {
    if (i === own) return;
    const distance = Math.hypot(x + w / 2 - bx - bw / 2, y + h / 2 - by - bh / 2);
    nearestPx = Math.min(nearestPx, distance);
    if (distance < reachPx) crowd++;
    const shared =
      Math.max(0, Math.min(x + w, bx + bw) - Math.max(x, bx)) *
      Math.max(0, Math.min(y + h, by + bh) - Math.max(y, by));
    if (shared === 0) return;
    overlap = Math.max(overlap, shared / (w * h + bw * bh - shared));
    contained = Math.max(contained, shared / Math.min(w * h, bw * bh));
  });
  return { nearestPx, overlap, contained, crowd };
}
