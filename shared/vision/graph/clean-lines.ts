import type { Box } from "../geometry/types.ts";
import type { Decision } from "./decide-clusters.ts";
import { joinLines, type LineTip, type SheetLine } from "./sheet-line.ts";

export interface CleanOptions {
  unitPx: number;
  /** Lines that lead from nowhere to nowhere go up to this many units. */
  strayWidths: number;
}

/** Two lines from one junction to one symbol, both no longer than this many units, are one line cut off straight. */
const FORK = 5;
/** A line from a junction back to itself up to this many units is a ring of noise. */
const RING = 12;

/**
 * Drops rests that are no lines (inside or along one symbol, forks at a symbol's border, small rings, short pieces from
 * nowhere to nowhere) and joins the lines at junctions that are left with two.
 */
export function cleanLines(
  lines: readonly SheetLine[],
  decisions: readonly Decision[],
  boxes: readonly Box[],
  options: CleanOptions,
): SheetLine[] {
  let list = lines.filter((line) => !isStray(line, decisions, boxes, options));
  for (let round = 0; round < 5; round++) {
    const before = list.length;
    list = joinLeftovers(withoutForks(list, options.unitPx), decisions);
    list = list.filter((line) => !isStray(line, decisions, boxes, options));
    if (list.length === before) break;
  }
  return list;
}

function isStray(
  { tips, points }: SheetLine,
  decisions: readonly Decision[],
  boxes: readonly Box[],
  { unitPx, strayWidths }: CleanOptions,
): boolean {
  const [a, b] = tips;
  if (a.symbol >= 0 && a.symbol === b.symbol) {
    const box = boxes[a.symbol]!;
    return points.length < 1.2 * (box[2] + box[3]);
  }
  if (a.symbol < 0 && b.symbol < 0 && a.cluster === b.cluster) return points.length < RING * unitPx;
  const loose = (tip: LineTip) => tip.symbol < 0 && decisions[tip.cluster]!.kind === "end";
  return loose(a) && loose(b) && points.length < strayWidths * unitPx;
}

/** Of several short lines between one junction and one symbol the shortest stays. */
function withoutForks(lines: readonly SheetLine[], unitPx: number): SheetLine[] {
  const shortest = new Map<string, SheetLine>();
  const key = ({ tips: [a, b], points }: SheetLine) => {
    if (points.length > FORK * unitPx || a.symbol < 0 === b.symbol < 0) return undefined;
    return a.symbol >= 0 ? `${a.symbol}:${b.cluster}` : `${b.symbol}:${a.cluster}`;
  };
  for (const line of lines) {
    const k = key(line);
    if (k === undefined) continue;
    const known = shortest.get(k);
    if (!known || line.points.length < known.points.length) shortest.set(k, line);
  }
  return lines.filter((line) => {
    const k = key(line);
    return k === undefined || shortest.get(k) === line;
  });
}

function joinLeftovers(lines: readonly SheetLine[], decisions: readonly Decision[]): SheetLine[] {
  const list = new Set(lines);
  const meeting = new Map<number, Set<SheetLine>>();
  const places = (line: SheetLine) => line.tips.filter((tip) => tip.symbol < 0).map((tip) => tip.cluster);
  const enter = (line: SheetLine) => {
    list.add(line);
    for (const cluster of places(line)) meeting.set(cluster, (meeting.get(cluster) ?? new Set()).add(line));
  };
  const leave = (line: SheetLine) => {
    list.delete(line);
    for (const cluster of places(line)) meeting.get(cluster)?.delete(line);
  };
  for (const line of lines) enter(line);
  for (const [cluster, there] of meeting) {
    if (there.size !== 2 || decisions[cluster]!.kind === "end") continue;
    const [a, b] = [...there] as [SheetLine, SheetLine];
    const ends = [...places(a), ...places(b)].filter((place) => place === cluster).length;
    if (ends !== 2) continue;
    leave(a);
    leave(b);
    enter(joinLines(a, b, cluster));
  }
  return [...list];
}
