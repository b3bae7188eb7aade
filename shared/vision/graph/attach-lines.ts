import type { Box, Point } from "../geometry/types.ts";
import type { Cluster } from "../junctions/cluster-knots.ts";
import { createAttacher } from "./attach-ends.ts";
import type { Decision } from "./decide-clusters.ts";
import type { LineTip, SheetLine } from "./sheet-line.ts";
import type { Thread } from "./thread-lines.ts";

/** A junction inside a box with a side above this many line widths is piping drawn over equipment, not the symbol. */
const LARGE = 45;

/** Gives both ends of every thread their symbol, where they have one. */
export function attachLines(
  threads: readonly Thread[],
  clusters: readonly Cluster[],
  decisions: readonly Decision[],
  boxes: readonly Box[],
  options: { unitPx: number; reachWidths: number },
): SheetLine[] {
  const { unitPx } = options;
  const attach = createAttacher(boxes, { lineWidthPx: unitPx, reachWidths: options.reachWidths });
  const inside = new Map<number, number>();
  const tipOf = (thread: Thread, side: 0 | 1): LineTip => {
    const cluster = side === 0 ? thread.from : thread.to;
    const { at } = clusters[cluster]!;
    if (decisions[cluster]!.kind === "end")
      return { symbol: attach(at, outward(thread.points, side, unitPx)), cluster };
    let symbol = inside.get(cluster);
    if (symbol === undefined) {
      symbol = boxes.findIndex((box) => holds(box, at, LARGE * unitPx));
      inside.set(cluster, symbol);
    }
    return { symbol, cluster };
  };
  return threads.map((thread) => ({
    tips: [tipOf(thread, 0), tipOf(thread, 1)],
    points: thread.points,
    passed: thread.passed,
  }));
}

/** Direction in which a thread leaves through one of its ends. */
function outward(points: readonly Point[], side: 0 | 1, unitPx: number): Point {
  const count = points.length;
  const at = (k: number) => points[side === 0 ? k : count - 1 - k]!;
  const near = at(Math.min(count - 1, 1));
  const far = at(Math.min(count - 1, 1 + Math.round(5 * unitPx)));
  const length = Math.hypot(near[0] - far[0], near[1] - far[1]) || 1;
  return [(near[0] - far[0]) / length, (near[1] - far[1]) / length];
}

function holds(box: Box, [x, y]: Point, largestPx: number): boolean {
  if (Math.min(box[2], box[3]) > largestPx) return false;
  return x >= box[0] && y >= box[1] && x <= box[0] + box[2] && y <= box[1] + box[3];
}
