import { createBoxGrid } from "../geometry/box-grid.ts";
import { boxCenter, growBox, ios } from "../geometry/boxes.ts";
import type { Box, Mask, Point, Raster } from "../geometry/types.ts";
import { arrowDirection } from "./arrow-direction.ts";
import { findArrowHeads } from "./find-arrow-heads.ts";
import { inkLevels, lineProfile } from "./line-profile.ts";
import type { VisionEdge } from "./types.ts";

export interface ArrowEvidence {
  /** Boxes of detected arrows. */
  arrows: readonly Box[];
  /** Boxes of the symbols that lines lead to. */
  symbols: readonly Box[];
  /** Binarised sheet, arrow heads included. */
  ink?: Mask | undefined;
  /** Grey sheet: heads are found on it by shape. */
  grey?: Raster | undefined;
  lineWidthPx: number;
}

/** A head whose shape fits says more than the ink of a box that was called an arrow. */
const SHAPE = 2;

/**
 * Gives edges their direction: of arrow heads found on them by shape, and of the detected arrows nearest to them. Where they
 * disagree the majority decides.
 * @param paths the edges' full paths, one pixel per step
 */
export function directEdges(
  edges: VisionEdge[],
  paths: readonly (readonly Point[])[],
  evidence: ArrowEvidence,
): void {
  const votes = new Float64Array(edges.length);
  if (evidence.grey) voteByShape(votes, edges, paths, evidence.grey);
  if (evidence.ink && evidence.arrows.length > 0) voteByBoxes(votes, paths, evidence, evidence.ink);
  edges.forEach((edge, index) => {
    if (votes[index]! !== 0) edge.direction = votes[index]! > 0 ? "forward" : "backward";
  });
}

/** An arrow of which this share lies in a symbol's box is drawn over it. */
const HIDDEN = 0.6;

/** Heads are looked for up to this far from a line, in line widths. */
const REACH = 6;

function voteByShape(
  votes: Float64Array,
  edges: readonly VisionEdge[],
  paths: readonly (readonly Point[])[],
  grey: Raster,
): void {
  const levels = inkLevels(grey);
  paths.forEach((path, index) => {
    // Marks along other lines look like heads to nobody but a matched filter.
    if (edges[index]!.style === "double-slash" || edges[index]!.style === "x-marked") return;
    const widthPx = Math.max(1, edges[index]!.widthPx);
    const limitPx = Math.max(8, Math.ceil(REACH * widthPx));
    for (const head of findArrowHeads(lineProfile(grey, path, levels, limitPx), widthPx))
      votes[index]! += SHAPE * head.direction;
  });
}

function voteByBoxes(
  votes: Float64Array,
  paths: readonly (readonly Point[])[],
  { arrows, symbols, lineWidthPx }: ArrowEvidence,
  ink: Mask,
): void {
  const walls = createBoxGrid(symbols);
  const grid = createBoxGrid(arrows.map((arrow) => growBox(arrow, lineWidthPx)));
  const nearest = arrows.map(() => ({ edge: -1, at: 0, distance: Number.POSITIVE_INFINITY }));
  paths.forEach((path, edge) => {
    // Every second point is enough to hit an arrow head, which is several widths long.
    for (let k = 0; k < path.length; k += 2) {
      const [x, y] = path[k]!;
      for (const index of grid.near([x, y, 0, 0])) {
        const [cx, cy] = boxCenter(arrows[index]!);
        const distance = Math.hypot(x - cx, y - cy);
        if (distance < nearest[index]!.distance) nearest[index] = { edge, at: k, distance };
      }
    }
  });
  arrows.forEach((box, index) => {
    const { edge, at, distance } = nearest[index]!;
    if (edge < 0 || distance > 0.6 * Math.max(box[2], box[3]) + lineWidthPx) return;
    const path = paths[edge]!;
    const reach = Math.max(3, Math.round(Math.max(box[2], box[3]) / 2));
    const [a, b] = [path[Math.max(0, at - reach)]!, path[Math.min(path.length - 1, at + reach)]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length < 1) return;
    const axis: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    const near = walls
      .near(box)
      .map((symbol) => growBox(symbols[symbol]!, lineWidthPx / 2))
      .filter((symbol) => ios(symbol, box) < HIDDEN);
    votes[edge]! += arrowDirection(ink, box, axis, near);
  });
}
