import type { BoxGrid } from "../geometry/box-grid.ts";
import { rayToBox } from "../geometry/boxes.ts";
import type { Box } from "../geometry/types.ts";
import type { LineEnd } from "./line-ends.ts";

/** Lengths in line widths that decide which gaps of a line are closed; the same on every sheet. */
export const gapWidths = {
  /** A break in a solid line. */
  solid: 6,
  solidShort: 4,
  /** A break between two short pieces that may be the first dashes at a junction. */
  stub: 6,
  /** A solid line interrupted where another one passes. */
  aroundLine: 9,
  /** Pieces up to this length can be dashes. */
  dash: 26,
  /** A lone piece up to this length is a rest of something, not a line. */
  rest: 2,
  /** Between dashes or dots, at least and at most; between them in proportion to the dash. */
  dashLeast: 6,
  dashMost: 14,
  /** Between dashes of a curved line. */
  curve: 8,
  /** From a line's end to a symbol's border. */
  node: 3.5,
  /** From a solid line's end to the line it runs into. */
  tee: 4,
  teeShort: 2,
  /** From a line's end to a text or arrow it runs under. */
  cover: 4,
} as const;

/** Ends of pieces at least this many line widths long are sure of what they point at. */
const LONG = 8;

/** Longest break ahead of a solid line's end, px: short pieces may be rests and are not believed as far. */
export function solidGap(end: LineEnd, lineWidthPx: number): number {
  return (end.lengthPx >= LONG * lineWidthPx ? gapWidths.solid : gapWidths.solidShort) * lineWidthPx;
}

/** Two stubs at junctions are the ends of one line over a gap up to this many times what there is of them. */
const STUBS = 1.5;

/** Longest gap between two short stubs that both begin at junctions, px: bars of flanges face each other from pipe to pipe. */
export function stubGap(a: LineEnd, b: LineEnd, lineWidthPx: number): number {
  const stubs = !a.loose && !b.loose && Math.max(a.lengthPx, b.lengthPx) <= LONG * lineWidthPx;
  return stubs ? STUBS * (a.lengthPx + b.lengthPx) : Number.POSITIVE_INFINITY;
}

/** Farthest line a solid line's end may run into, px. */
export function teeGap(end: LineEnd, lineWidthPx: number): number {
  return (end.lengthPx >= LONG * lineWidthPx ? gapWidths.tee : gapWidths.teeShort) * lineWidthPx;
}

/** Regions a line may run under without showing (texts, arrow heads), found by place. */
export interface Covers {
  boxes: readonly Box[];
  grid: BoxGrid;
}

/** True when the end belongs to something that can be a dash or a dot. */
export function isDash(end: LineEnd, lineWidthPx: number): boolean {
  return end.loose && end.lengthPx <= gapWidths.dash * lineWidthPx;
}

/** Longest gap after this end if its line is dashed, px. */
export function dashGap(end: LineEnd, lineWidthPx: number): number {
  const { dashLeast, dashMost } = gapWidths;
  return Math.max(dashLeast * lineWidthPx, Math.min(dashMost * lineWidthPx, 1.3 * end.lengthPx));
}

/** A stub at a junction runs under covers up to this many times its own length. */
const BELIEVED = 4;

/** How much of a reach under covers is believed: a short stub at a junction may be a mark or a rest of a letter. */
export function believedReach(end: LineEnd, reachPx: number): number {
  return end.loose || reachPx <= BELIEVED * end.lengthPx ? reachPx : 0;
}

/** How far along its direction the end runs under covers that begin near it, px; 0 without one. */
export function coveredReach(end: LineEnd, covers: Covers, lineWidthPx: number): number {
  if (covers.boxes.length === 0 || (end.ux === 0 && end.uy === 0)) return 0;
  let reach = 0;
  for (let step = 0; step < 4; step++) {
    const x = end.x + end.ux * reach;
    const y = end.y + end.uy * reach;
    const slack = gapWidths.cover * lineWidthPx;
    let farther = reach;
    for (const index of covers.grid.near([x - slack, y - slack, 2 * slack, 2 * slack])) {
      const box = covers.boxes[index]!;
      const enter = rayToBox([x, y], [end.ux, end.uy], box);
      if (enter > slack) continue;
      // The way out of the box is the way in from beyond it, seen backwards.
      const beyond = box[2] + box[3] + slack;
      const back = rayToBox([x + end.ux * beyond, y + end.uy * beyond], [-end.ux, -end.uy], box);
      if (Number.isFinite(back)) farther = Math.max(farther, reach + beyond - back);
    }
    if (farther <= reach + 0.5) break;
    reach = farther;
  }
  return reach;
}
