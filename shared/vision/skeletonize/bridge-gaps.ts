import { createBoxGrid } from "../geometry/box-grid.ts";
import type { Padded } from "../geometry/padded.ts";
import type { Box, Mask, Point } from "../geometry/types.ts";
import { touchesMask } from "../mask/touches-mask.ts";
import { castRay } from "./cast-ray.ts";
import { dropDanglingRests } from "./drop-dangling-rests.ts";
import {
  believedReach,
  type Covers,
  coveredReach,
  dashGap,
  gapWidths,
  isDash,
  teeGap,
} from "./gap-limits.ts";
import { type LineEnd, lineEnds } from "./line-ends.ts";
import { type GapContents, pairEnds } from "./pair-ends.ts";
import type { WorkingSkeleton } from "./working-skeleton.ts";

export interface BridgeInput {
  lineWidthPx: number;
  /** Symbols: lines end here and are led up to their border. */
  nodes?: Mask | undefined;
  /** Texts and arrow heads a line may run under. */
  coverBoxes?: readonly Box[] | undefined;
}

/** Symbols this near ahead, in line widths, hold an end before other ends are asked; farther ones take what is left. */
const NEXT_TO = 1.5;
/** An end this near a symbol, in line widths, belongs to it. */
const HELD = 0.5;

/**
 * Closes the gaps of a skeleton in place: lines are led up to the symbols they point at, dashes and dots become lines,
 * breaks under a text or around a crossing line close, and ends left over meet at a corner or run into the line ahead.
 * Returns the segments drawn.
 */
export function bridgeGaps(skeleton: WorkingSkeleton, input: BridgeInput): [Point, Point][] {
  const { field } = skeleton;
  const { lineWidthPx, nodes } = input;
  const ends = lineEnds(skeleton.trace, lineWidthPx);
  const boxes = input.coverBoxes ?? [];
  const covers: Covers = { boxes, grid: createBoxGrid(boxes) };
  const open = new Uint8Array(ends.length).fill(1);
  const bridges: [Point, Point][] = [];
  const join = (x0: number, y0: number, x1: number, y1: number) => {
    skeleton.draw(x0, y0, x1, y1);
    bridges.push([
      [x0, y0],
      [x1, y1],
    ]);
  };
  const skip = 2 + Math.ceil(lineWidthPx / 2);

  ends.forEach((end, i) => {
    if (end.ux === 0 && end.uy === 0) return;
    const hit = castRay(field, nodes, end, NEXT_TO * lineWidthPx, Number.POSITIVE_INFINITY);
    if (hit?.kind !== "node") return;
    open[i] = 0;
    join(end.x, end.y, hit.x, hit.y);
  });

  const found = pairEnds(ends, open, lineWidthPx, covers, (p, q) => lookBetween(field, nodes, p, q, skip));
  for (const [a, b] of dropDanglingRests(found, ends, open, lineWidthPx)) {
    join(ends[a]!.x, ends[a]!.y, ends[b]!.x, ends[b]!.y);
    open[a] = 0;
    open[b] = 0;
  }

  for (const end of ends) if (end.heading) [end.ux, end.uy] = end.heading;

  joinCorners(ends, open, lineWidthPx, nodes, join);

  // What is still alone and tiny is no line to run into.
  const { knots, branches } = skeleton.trace;
  const { stride } = field;
  ends.forEach((end, i) => {
    if (!open[i] || end.other < i || !isLoneRest(end, open, lineWidthPx)) return;
    if (end.piece < branches.length) skeleton.eraseBranch(end.piece);
    else
      for (const at of knots[end.piece - branches.length]!.pixels)
        skeleton.erase((at % stride) - 1, Math.floor(at / stride) - 1);
  });

  ends.forEach((end, i) => {
    if (!open[i] || (end.ux === 0 && end.uy === 0)) return;
    // A piece that nothing else leads to is no dash of a line but a rest: it reaches out no further than a rest may.
    if (isLoneRest(end, open, lineWidthPx)) return;
    const lone = end.loose && open[end.other] === 1;
    const dashed = isDash(end, lineWidthPx) && !lone ? dashGap(end, lineWidthPx) : 0;
    const covered = believedReach(end, coveredReach(end, covers, lineWidthPx));
    const limit = (solidPx: number) =>
      Math.max(solidPx, dashed, covered > 0 ? covered + gapWidths.cover * lineWidthPx : 0);
    const toNode = limit(nodeReach(end, lineWidthPx));
    // A corner cut off by a symbol's box ends at that symbol, wherever it points.
    const held = nodes !== undefined && touchesMask(nodes, end.x, end.y, HELD * lineWidthPx + 1);
    const toLine = held ? 0 : limit(teeGap(end, lineWidthPx));
    const hit = castRay(field, nodes, end, Math.max(toNode, toLine), skip);
    if (!hit || hit.distancePx > (hit.kind === "node" ? toNode : toLine)) return;
    join(end.x, end.y, hit.x, hit.y);
  });

  skeleton.settle();
  return bridges;
}

/** How far an end is led up to a symbol: a stub at a junction is not believed farther than it is long. */
function nodeReach(end: LineEnd, lineWidthPx: number): number {
  const reach = gapWidths.node * lineWidthPx;
  return end.loose ? reach : Math.min(reach, Math.max(1.5 * lineWidthPx, end.lengthPx));
}

/** Samples the straight way between two ends, leaving out the ends' own pixels. */
function lookBetween(
  field: Padded,
  nodes: Mask | undefined,
  a: LineEnd,
  b: LineEnd,
  skip: number,
): GapContents {
  const { data, stride, width } = field;
  const gap = Math.hypot(b.x - a.x, b.y - a.y);
  const contents: GapContents = { node: false, lines: 0 };
  let onLine = false;
  for (let t = 1; t < gap; t++) {
    const x = Math.round(a.x + ((b.x - a.x) * t) / gap);
    const y = Math.round(a.y + ((b.y - a.y) * t) / gap);
    if (nodes?.data[y * width + x]) {
      contents.node = true;
      return contents;
    }
    const at = (y + 1) * stride + x + 1;
    const here =
      t >= Math.min(skip, gap / 3) &&
      gap - t >= Math.min(skip, gap / 3) &&
      (data[at]! | data[at + 1]! | data[at + stride]!) !== 0;
    if (here && !onLine) contents.lines++;
    onLine = here;
  }
  return contents;
}

/** Two dashes that stop short of the corner they turn: both are led to where their directions meet. */
function joinCorners(
  ends: readonly LineEnd[],
  open: Uint8Array,
  lineWidthPx: number,
  nodes: Mask | undefined,
  join: (x0: number, y0: number, x1: number, y1: number) => void,
): void {
  const limit = (end: LineEnd) =>
    isDash(end, lineWidthPx) ? dashGap(end, lineWidthPx) : teeGap(end, lineWidthPx);
  const isRest = (end: LineEnd) => (end.ux === 0 && end.uy === 0) || isLoneRest(end, open, lineWidthPx);
  const grid = createBoxGrid(
    ends.map((end): Box => [end.x, end.y, 0, 0]),
    Math.max(16, 12 * lineWidthPx),
  );
  const found: { a: number; b: number; x: number; y: number; cost: number }[] = [];
  ends.forEach((a, i) => {
    if (!open[i] || isRest(a)) return;
    const reach = Math.max(limit(a), gapWidths.dashMost * lineWidthPx);
    for (const j of grid.near([a.x - reach, a.y - reach, 2 * reach, 2 * reach])) {
      const b = ends[j]!;
      if (j <= i || !open[j] || b.piece === a.piece || isRest(b)) continue;
      const cross = a.ux * b.uy - a.uy * b.ux;
      if (Math.abs(cross) < 0.5) continue;
      const s = ((b.x - a.x) * b.uy - (b.y - a.y) * b.ux) / cross;
      const t = ((b.x - a.x) * a.uy - (b.y - a.y) * a.ux) / cross;
      if (s < -1.5 * lineWidthPx || t < -1.5 * lineWidthPx || s > limit(a) || t > limit(b)) continue;
      const [x, y] = [Math.round(a.x + s * a.ux), Math.round(a.y + s * a.uy)];
      if (nodes?.data[y * nodes.width + x]) continue;
      found.push({ a: i, b: j, x, y, cost: Math.abs(s) + Math.abs(t) });
    }
  });
  found.sort((p, q) => p.cost - q.cost);
  for (const { a, b, x, y } of found) {
    if (!open[a] || !open[b]) continue;
    open[a] = 0;
    open[b] = 0;
    join(ends[a]!.x, ends[a]!.y, x, y);
    join(x, y, ends[b]!.x, ends[b]!.y);
  }
}

/** Whether an end that is open itself belongs to a tiny piece that is joined to nothing on its other side either. */
function isLoneRest(end: LineEnd, open: Uint8Array, lineWidthPx: number): boolean {
  if (!end.loose || end.lengthPx > gapWidths.rest * lineWidthPx) return false;
  return open[end.other] === 1;
}
