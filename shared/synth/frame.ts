import { drawLegend } from "./frame-legend.ts";
import { drawRulers, drawTable, drawZones, writeNotes } from "./frame-parts.ts";
import { type Corners, FramePen } from "./frame-pen.ts";
import type { Random } from "./random.ts";
import type { Drafting, FrameLine, LegendSymbol, PlanText } from "./types.ts";

/** Border, title block, tables and notes, and the rectangle left for the drawing. */
export interface Frame {
  lines: FrameLine[];
  texts: PlanText[];
  legend: LegendSymbol[];
  /** x, y, width, height free for lines and symbols. */
  room: [number, number, number, number];
}

/** Lays out a frame: by chance none, a plain, double or zoned border, with a column, block or strip of tables. */
export function layFrame(widthPx: number, heightPx: number, drafting: Drafting, random: Random): Frame {
  const pen = new FramePen(drafting, random);
  let inner = drawBorder(pen, widthPx, heightPx);
  inner = drawTables(pen, inner, widthPx, heightPx);
  const [x0, y0, x1, y1] = inner;
  const pad = drafting.cell * 0.8;
  return {
    lines: pen.lines,
    texts: pen.texts,
    legend: pen.legend,
    room: [Math.round(x0 + pad), Math.round(y0 + pad), x1 - x0 - 2 * pad, y1 - y0 - 2 * pad],
  };
}

function drawBorder(pen: FramePen, widthPx: number, heightPx: number): Corners {
  const { random, drafting } = pen;
  const margin = Math.round(Math.min(widthPx, heightPx) * random.real(0.015, 0.04)) + 10;
  const outer: Corners = [margin, margin, widthPx - margin, heightPx - margin];
  const style = random.weighted({ none: 1, plain: 3, ruled: 2, double: 3, zones: 4 });
  if (style === "none") return outer;
  pen.box(outer, drafting.frameWidth, style === "double" && random.chance(0.3));
  if (style === "ruled") drawRulers(pen, outer);
  if (style === "plain" || style === "ruled") return outer;
  const inset = style === "zones" ? Math.max(24, drafting.textHeight * 2) : 10;
  if (style === "zones") drawZones(pen, outer, inset);
  const inner: Corners = [outer[0] + inset, outer[1] + inset, outer[2] - inset, outer[3] - inset];
  pen.box(inner);
  return inner;
}

/** @returns what is left beside the tables */
function drawTables(pen: FramePen, [x0, y0, x1, y1]: Corners, widthPx: number, heightPx: number): Corners {
  const { random } = pen;
  const height = Math.max(8, pen.drafting.textHeight * random.real(0.8, 1.1));
  const layout = random.weighted({ column: 3, block: 4, strip: 2, blocks: 2, legend: 1, none: 1 });
  if (layout === "column") {
    const left = x1 - Math.round(widthPx * random.real(0.13, 0.2));
    const top = Math.round(y1 - heightPx * random.real(0.2, 0.35));
    pen.line(left, y0, left, y1);
    drawTable(pen, [left, top, x1, y1], height);
    const legend = random.chance(0.3) ? Math.round(y0 + (top - y0) * random.real(0.35, 0.6)) : top;
    writeNotes(pen, [left + height, y0 + height, x1 - height, legend], height);
    if (legend < top) drawLegend(pen, [left, legend, x1, top], height);
    return [x0, y0, left, y1];
  }
  if (layout === "block") {
    const wide = Math.round(widthPx * random.real(0.22, 0.32));
    const top = y1 - Math.round(heightPx * random.real(0.1, 0.18));
    drawTable(pen, [x1 - wide, top, x1, y1], height);
    if (random.chance(0.4)) writeNotes(pen, [x0 + height, top + height, x0 + wide, y1], height);
    return [x0, y0, x1, top];
  }
  if (layout === "blocks") {
    const [corner, stack] = [random.real(0.2, 0.28), random.real(0.12, 0.2)];
    const left = Math.round(x1 - (x1 - x0) * corner);
    const top = Math.round(y1 - (y1 - y0) * random.real(0.2, 0.35));
    drawTable(pen, [left, top, x1, y1], height);
    const low = Math.round(y1 - (y1 - y0) * random.real(0.06, 0.1));
    for (let x = x0, k = random.int(1, 4); k > 0 && x + (x1 - x0) * stack < left; k--, x += (x1 - x0) * stack)
      drawTable(pen, [x, low, Math.round(x + (x1 - x0) * stack), y1], height);
    return [x0, y0, x1, top];
  }
  if (layout === "legend") {
    const right = Math.round(x0 + widthPx * random.real(0.14, 0.22));
    drawLegend(pen, [x0, y0, right, Math.round(y0 + (y1 - y0) * random.real(0.4, 0.9))], height);
    return [right, y0, x1, y1];
  }
  if (layout === "strip") {
    const top = y1 - Math.round(heightPx * random.real(0.07, 0.14));
    const parts = random.int(2, 5);
    const at = (i: number) => x0 + ((x1 - x0) * i) / parts;
    for (let i = 0; i < parts; i++) drawTable(pen, [at(i), top, at(i + 1), y1], height);
    return [x0, y0, x1, top];
  }
  return [x0, y0, x1, y1];
}
