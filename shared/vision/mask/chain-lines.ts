import { createBoxGrid } from "../geometry/box-grid.ts";
import { type Box, checkImage, type Raster } from "../geometry/types.ts";
import { inkPieces } from "./ink-pieces.ts";

export interface ChainOptions {
  /** Typical width of the lines, px. */
  lineWidthPx: number;
  /** Classes that are lines. */
  lines: readonly number[];
  /** Class of frames, boundaries and tables. */
  border: number;
}

/** Dashes and dots are no thicker than this many line widths. */
const THICKEST = 2;
/** A dash is this many times longer than thick, and than the dots beside it. */
const LONG = 2.5;
/** The gap beside a dot as a share of the dash, at most. */
const GAP = 0.6;
/** The lesser of two neighbouring dashes has this share of the greater. */
const ALIKE = 0.7;
/** Dash, gap, dot, gap, dash this many times is a chain line and no chance. */
const LEAST = 4;
/** A chain line goes on behind this many of its periods that other ink hides. */
const HIDDEN = 12;

/** Two dashes with a dot between them, measured along the line and across it. */
interface Link {
  from: number;
  to: number;
  /** Middle of the line, across. */
  at: number;
  dash: number;
  period: number;
  thick: number;
}

/**
 * Gives chain lines (long, dot, long, dot …: match lines, limits of packages, centre lines) the class of borders, also where the
 * segmenter took some of their dashes for lines between symbols, as it does where they pass those. No single dash tells, the
 * regular row does. Other lines that cross the row keep their ink.
 * @param classIndex class per pixel; overwritten
 */
export function clearChainLines(classIndex: Raster, options: ChainOptions): void {
  checkImage(classIndex, "classIndex");
  if (!(options.lineWidthPx > 0)) return;
  const thickest = THICKEST * options.lineWidthPx + 1;
  const thin = inkPieces(classIndex).filter(([, , w, h]) => Math.min(w, h) <= thickest);
  for (const upright of [false, true]) {
    const pieces = upright ? thin.map(([x, y, w, h]): Box => [y, x, h, w]) : thin;
    const flat = pieces.filter(([, , , high]) => high <= thickest);
    for (const row of rowsOf(linksOf(flat))) clearRow(classIndex, row, upright, options);
  }
}

function linksOf(pieces: readonly Box[]): Link[] {
  const grid = createBoxGrid(pieces);
  const next = (from: Box, reach: number): Box | undefined => {
    const [end, at] = [from[0] + from[2], from[1] + from[3] / 2];
    let best: Box | undefined;
    for (const index of grid.near([end, at - 1, reach, 2])) {
      const other = pieces[index]!;
      if (other[0] < end || other[0] > end + reach || Math.abs(other[1] + other[3] / 2 - at) > 1.5) continue;
      if (!best || other[0] < best[0]) best = other;
    }
    return best;
  };
  const links: Link[] = [];
  for (const first of pieces) {
    const [x, y, dash, thick] = first;
    if (dash < LONG * thick) continue;
    const dot = next(first, GAP * dash);
    if (!dot || LONG * dot[2] > dash) continue;
    const second = next(dot, GAP * dash);
    if (!second || Math.min(dash, second[2]) < ALIKE * Math.max(dash, second[2])) continue;
    const gaps = [dot[0] - x - dash, second[0] - dot[0] - dot[2]] as const;
    if (Math.abs(gaps[0] - gaps[1]) > 2) continue;
    const longest = Math.max(dash, second[2]);
    const at = (y + thick / 2 + second[1] + second[3] / 2) / 2;
    links.push({ from: x, to: second[0] + second[2], at, dash: longest, period: second[0] - x, thick });
  }
  return links.sort((a, b) => a.from - b.from);
}

/** Gathers links that continue each other. */
function rowsOf(links: readonly Link[]): Link[][] {
  const rows: Link[][] = [];
  for (const link of links) {
    const row = rows.find((each) => {
      const last = each[each.length - 1]!;
      const ahead = link.from - last.to;
      if (ahead > HIDDEN * last.period || link.to <= last.to) return false;
      const alike = Math.min(link.period, last.period) > ALIKE * Math.max(link.period, last.period);
      return alike && Math.abs(link.at - last.at) <= 2 + 0.01 * Math.max(0, ahead);
    });
    if (row) row.push(link);
    else rows.push([link]);
  }

  return rows.filter((row) => row.length >= LEAST);
}

/** Gives the dashes and dots of a row the border's class; ink that goes on across or along the row stays. */
function clearRow(image: Raster, row: readonly Link[], upright: boolean, options: ChainOptions): void {
  const { width, height, data } = image;
  const [first, last] = [row[0]!, row[row.length - 1]!];
  const longest = 1.5 * first.dash;
  const half = Math.ceil(Math.max(...row.map(({ thick }) => thick)) / 2) + 1;
  const start = Math.max(0, Math.floor(first.from - first.period));
  const end = Math.min((upright ? height : width) - 1, Math.ceil(last.to + last.period));
  const most = (upright ? width : height) - 1;
  const pixel = (along: number, across: number) =>
    upright ? along * width + across : across * width + along;
  const isInk = (along: number, across: number) =>
    across >= 0 && across <= most && data[pixel(along, across)] !== 0;
  let link = 0;
  let run: number[] = [];
  let length = 0;
  const settle = () => {
    if (length <= longest)
      for (const at of run) if (options.lines.includes(data[at]!)) data[at] = options.border;
    run = [];
    length = 0;
  };
  for (let along = start; along <= end; along++) {
    while (link < row.length - 1 && along > row[link + 1]!.from) link++;
    const middle = Math.floor(row[link]!.at);
    const own: number[] = [];
    for (let across = Math.max(0, middle - half); across <= Math.min(most, middle + half); across++)
      if (isInk(along, across)) own.push(pixel(along, across));
    if (own.length === 0) settle();
    else {
      length++;
      const passed = isInk(along, middle - half - 1) || isInk(along, middle + half + 1);
      if (!passed) run.push(...own);
    }
  }
  settle();
}
