import type { Graph } from "#shared/messages";
import type { Junction, Point } from "#shared/vision";
import type { ClaimedBox } from "./box-features.ts";
import { inkShare } from "./ink-share.ts";
import type { SheetView } from "./sheet-view.ts";

/** What is measured of a square of a sheet, in order: how much there is to get wrong, and how sure the models were. */
export const CELL_FEATURES = [
  "graphKnown",
  "unitPx",
  "inkShare",
  "contrast",
  "boxes",
  "boxDoubt",
  "leastBoxScore",
  "weakBoxes",
  "overlapping",
  "unattachedBoxes",
  "junctions",
  "junctionDoubt",
  "leastJunctionScore",
  "manyArms",
  "openEnds",
  "edgeEnds",
  "unknownStyles",
  "crossings",
  "sheetBoxScore",
] as const;
export type CellFeature = (typeof CELL_FEATURES)[number];

/** Side of a cell: so many line widths, within these bounds, px. */
const CELL_WIDTHS = 64;
const CELL_PX = [192, 640] as const;

export interface CellInput {
  sheet: SheetView;
  boxes: readonly ClaimedBox[];
  /** What lies behind gate graph; absent before. */
  junctions?: readonly Junction[];
  graph?: Graph;
}

/** A square of the sheet. */
export interface Cell {
  /** Left and top, sheet px. */
  at: Point;
  sidePx: number;
  features: Float32Array;
}

/** The grid of a sheet: which cell a point lies in. */
export interface CellGrid {
  sidePx: number;
  columns: number;
  rows: number;
  indexOf(at: readonly [number, number]): number;
}

export function cellGrid(sheet: SheetView): CellGrid {
  const { width, height } = sheet.grey;
  const sidePx = Math.min(CELL_PX[1], Math.max(CELL_PX[0], Math.round(CELL_WIDTHS * sheet.unitPx)));
  const [columns, rows] = [Math.ceil(width / sidePx), Math.ceil(height / sidePx)];
  const within = (value: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor(value / sidePx)));
  return { sidePx, columns, rows, indexOf: ([x, y]) => within(y, rows) * columns + within(x, columns) };
}

/** Cuts a sheet into cells and measures each, row by row. */
export function cellFeatures(input: CellInput): Cell[] {
  const { sheet, boxes, junctions, graph } = input;
  const grid = cellGrid(sheet);
  const { sidePx, columns } = grid;
  const values = Array.from({ length: columns * grid.rows }, () => new Map<CellFeature, number>());
  const add = (cell: number, name: CellFeature, value = 1) =>
    values[cell]!.set(name, (values[cell]!.get(name) ?? 0) + value);
  const least = (cell: number, name: CellFeature, value: number) =>
    values[cell]!.set(name, Math.min(values[cell]!.get(name) ?? 1, value));
  const attached = new Set(graph?.edges.flatMap((edge) => [edge.source, edge.target]));
  const centreOf = ([x, y, w, h]: readonly number[]) => [x! + w! / 2, y! + h! / 2] as const;
  boxes.forEach(({ bbox, score }, i) => {
    const cell = grid.indexOf(centreOf(bbox));
    add(cell, "boxes");
    add(cell, "boxDoubt", 1 - score);
    least(cell, "leastBoxScore", score);
    if (score < 0.6) add(cell, "weakBoxes");
    if (boxes.some((other, k) => k !== i && overlap(bbox, other.bbox))) add(cell, "overlapping");
  });
  for (const { at, score, arms } of junctions ?? []) {
    const cell = grid.indexOf(at);
    add(cell, "junctions");
    add(cell, "junctionDoubt", 1 - score);
    least(cell, "leastJunctionScore", score);
    if (arms.length > 3) add(cell, "manyArms");
  }
  for (const node of graph?.nodes ?? []) {
    const cell = grid.indexOf(node.center);
    if (node.type === "endpoint") add(cell, "openEnds");
    if (node.bbox && !attached.has(node.id)) add(cell, "unattachedBoxes");
  }
  for (const edge of graph?.edges ?? [])
    for (const tip of [edge.points[0]!, edge.points.at(-1)!]) {
      add(grid.indexOf(tip), "edgeEnds");
      if (edge.style === "unknown") add(grid.indexOf(tip), "unknownStyles");
    }
  for (const { at } of graph?.crossings ?? []) add(grid.indexOf(at), "crossings");
  const sheetBoxScore = boxes.reduce((sum, { score }) => sum + score, 0) / (boxes.length || 1);
  return values.map((named, i) => {
    const at: Point = [(i % columns) * sidePx, Math.floor(i / columns) * sidePx];
    const { share, contrast } = inkShare(sheet.ink, sheet.grey, [at[0], at[1], sidePx, sidePx]);
    const features = Float32Array.from(CELL_FEATURES, (name) => named.get(name) ?? ABSENT[name] ?? 0);
    features[CELL_FEATURES.indexOf("graphKnown")] = graph ? 1 : 0;
    features[CELL_FEATURES.indexOf("unitPx")] = sheet.unitPx;
    features[CELL_FEATURES.indexOf("inkShare")] = share;
    features[CELL_FEATURES.indexOf("contrast")] = contrast;
    features[CELL_FEATURES.indexOf("sheetBoxScore")] = sheetBoxScore;
    return { at, sidePx, features };
  });
}

/** Where there is nothing, nothing is in doubt. */
const ABSENT: Partial<Record<CellFeature, number>> = { leastBoxScore: 1, leastJunctionScore: 1 };

function overlap([ax, ay, aw, ah]: readonly number[], [bx, by, bw, bh]: readonly number[]): boolean {
  return ax! < bx! + bw! && bx! < ax! + aw! && ay! < by! + bh! && by! < ay! + ah!;
}
