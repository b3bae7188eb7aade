import type { Point } from "../geometry/types.ts";

/** Where a line ends: at a symbol (index in the list of placed symbols) or, where that is −1, in a cluster. */
export interface LineTip {
  symbol: number;
  cluster: number;
}

/** A line between two nodes of the graph, on its way from skeleton to edge. */
export interface SheetLine {
  tips: [LineTip, LineTip];
  /** One point per skeleton pixel. */
  points: Point[];
  /** Clusters it passes without ending, in order. */
  passed: number[];
}

/** The same line the other way round. */
export function reverseLine(line: SheetLine): SheetLine {
  return {
    tips: [line.tips[1], line.tips[0]],
    points: [...line.points].reverse(),
    passed: [...line.passed].reverse(),
  };
}

/** One line of two that meet in a cluster. */
export function joinLines(a: SheetLine, b: SheetLine, cluster: number): SheetLine {
  const endsHere = (tip: LineTip) => tip.symbol < 0 && tip.cluster === cluster;
  const first = endsHere(a.tips[1]) ? a : reverseLine(a);
  const second = endsHere(b.tips[0]) ? b : reverseLine(b);
  return {
    tips: [first.tips[0], second.tips[1]],
    points: [...first.points, ...second.points.slice(1)],
    passed: [...first.passed, ...second.passed],
  };
}
