import { createCanvas, Path2D, type SKRSContext2D } from "@napi-rs/canvas";
import { symbolClass } from "#shared/symbols";
import { edgePieces, jumpsByEdge, type Piece } from "./edge-path.ts";
import { traceText } from "./font.ts";
import { toSheet } from "./placed.ts";
import { centred, lookOf, placeText } from "./text-box.ts";
import { matrix, type Skew } from "./transform.ts";
import type { PlacedSymbol, Plan, PlanEdge, PlanText, Point } from "./types.ts";

/** One canvas holds all layers as colours, so that a sheet is read back once. */
const PIPE = "#f00";
const TEXT = "#0f0";
const SYMBOL = "#00f";
const FRAME = "#0ff";

/**
 * Draws the coverage of every layer: red lines, green text, blue symbols, cyan frame, on black.
 * @returns RGBA bytes, row by row
 */
export function drawLayers(plan: Plan, skew: Skew): Buffer {
  const canvas = createCanvas(plan.widthPx, plan.heightPx);
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = "#000";
  ctx.fillRect(0, 0, plan.widthPx, plan.heightPx);
  ctx.setTransform(...matrix(skew));
  for (const node of plan.nodes) if (node.symbol) drawSymbol(ctx, plan, node.symbol, node.at);
  for (const { symbol, at } of plan.legend) drawSymbol(ctx, plan, symbol, at);
  ctx.globalCompositeOperation = "lighter";
  drawFrame(ctx, plan);
  drawMarks(ctx, plan);
  const jumps = jumpsByEdge(plan.crossings);
  for (const edge of plan.edges)
    drawEdge(ctx, plan, edge, edgePieces(edge, jumps.get(edge) ?? [], plan.drafting.jumpRadius));
  drawDots(ctx, plan);
  drawArrows(ctx, plan);
  drawTicks(ctx, plan);
  ctx.fillStyle = TEXT;
  ctx.strokeStyle = TEXT;
  for (const text of plan.texts) drawText(ctx, plan, text);
  return canvas.data();
}

/** A path with its points taken to the sheet. */
function placedPath(symbol: PlacedSymbol, at: Point, d: string): Path2D {
  const path = new Path2D();
  for (const [, op, rest] of d.matchAll(/([MLCZ])([^MLCZ]*)/g)) {
    const v = (rest ?? "")
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const p = (i: number) => toSheet(symbol, at, v[i]!, v[i + 1]!);
    if (op === "M") path.moveTo(...p(0));
    else if (op === "L") for (let i = 0; i < v.length; i += 2) path.lineTo(...p(i));
    else if (op === "C")
      for (let i = 0; i < v.length; i += 6) path.bezierCurveTo(...p(i), ...p(i + 2), ...p(i + 4));
    else path.closePath();
  }
  return path;
}

function drawSymbol(ctx: SKRSContext2D, plan: Plan, symbol: PlacedSymbol, at: Point): void {
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  ctx.lineWidth = symbol.strokeWidth;
  ctx.strokeStyle = SYMBOL;
  for (const stroke of symbol.shape.strokes) {
    const path = placedPath(symbol, at, stroke.d);
    if (stroke.fill !== "none") {
      ctx.fillStyle = stroke.fill === "ink" ? SYMBOL : "#000";
      ctx.fill(path);
    }
    if (!stroke.stroke) continue;
    const dash = stroke.dashed ? symbol.scale * 0.12 : 0;
    ctx.setLineDash(dash ? [dash, dash * 0.9] : []);
    ctx.stroke(path);
  }
  ctx.setLineDash([]);
  ctx.fillStyle = SYMBOL;
  for (const label of symbol.shape.labels ?? []) {
    if (["letters", "number", "tag"].includes(label.text)) continue;
    ctx.strokeStyle = SYMBOL;
    const where = toSheet(symbol, at, label.x, label.y);
    drawText(ctx, plan, centred(plan.drafting, label.text, label.height * symbol.scale, where));
  }
}

function drawText(ctx: SKRSContext2D, plan: Plan, text: PlanText): void {
  const path = new Path2D();
  traceText(text.text, lookOf(plan.drafting, text), placeText(text), path);
  if (plan.drafting.pen) {
    ctx.lineJoin = "round";
    ctx.lineCap = "round";
    ctx.lineWidth = Math.max(1, plan.drafting.pen * text.height);
    ctx.stroke(path);
  } else ctx.fill(path);
}

function drawFrame(ctx: SKRSContext2D, plan: Plan): void {
  ctx.strokeStyle = FRAME;
  ctx.lineCap = "butt";
  for (const line of plan.frame) {
    ctx.lineWidth = line.widthPx;
    ctx.setLineDash(line.dashed ? [plan.drafting.cell * 0.25, plan.drafting.cell * 0.15] : []);
    ctx.beginPath();
    ctx.moveTo(...line.from);
    ctx.lineTo(...line.to);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

function drawMarks(ctx: SKRSContext2D, plan: Plan): void {
  ctx.strokeStyle = FRAME;
  ctx.fillStyle = FRAME;
  ctx.lineCap = "butt";
  ctx.lineJoin = "miter";
  for (const mark of plan.marks) {
    const path = new Path2D();
    for (const [i, p] of mark.points.entries()) i ? path.lineTo(...p) : path.moveTo(...p);
    if (mark.closed) path.closePath();
    if (mark.fill) ctx.fill(path);
    ctx.lineWidth = mark.widthPx;
    ctx.setLineDash([...(mark.dash ?? [])]);
    ctx.stroke(path);
  }
  ctx.setLineDash([]);
}

function drawEdge(ctx: SKRSContext2D, plan: Plan, edge: PlanEdge, pieces: readonly Piece[]): void {
  const { drafting } = plan;
  ctx.strokeStyle = PIPE;
  ctx.lineWidth = edge.widthPx;
  ctx.lineJoin = "miter";
  ctx.lineCap = "butt";
  ctx.setLineDash(edge.style === "dashed" ? drafting.dash : edge.style === "dotted" ? drafting.dot : []);
  ctx.beginPath();
  let pen = false;
  for (const p of pieces) {
    if (p.kind === "gap") {
      pen = false;
      continue;
    }
    if (!pen) ctx.moveTo(...p.from);
    pen = true;
    if (p.kind === "line") ctx.lineTo(...p.to);
    else {
      const start = Math.atan2(p.from[1] - p.centre[1], p.from[0] - p.centre[0]);
      ctx.arc(...p.centre, p.radius, start, start + (p.clockwise ? Math.PI : -Math.PI), !p.clockwise);
    }
  }
  ctx.stroke();
  ctx.setLineDash([]);
  if (edge.style === "double-slash" || edge.style === "x-marked")
    drawSignalMarks(ctx, drafting.cell, edge, pieces);
}

/** Half the height of slashes and crosses on a line. */
export const markSize = (cell: number): number => cell * 0.13;

function drawSignalMarks(ctx: SKRSContext2D, cell: number, edge: PlanEdge, pieces: readonly Piece[]): void {
  const m = markSize(cell);
  ctx.lineWidth = Math.max(1.5, edge.widthPx * 0.8);
  ctx.beginPath();
  for (const p of pieces) {
    if (p.kind !== "line") continue;
    const long = Math.hypot(p.to[0] - p.from[0], p.to[1] - p.from[1]);
    const count = Math.floor(long / (cell * 0.9));
    const [ux, uy] = [(p.to[0] - p.from[0]) / long, (p.to[1] - p.from[1]) / long];
    const stroke = (s: number, lean: number) => {
      const [x, y] = [p.from[0] + ux * s, p.from[1] + uy * s];
      ctx.moveTo(x - ux * m * lean * 0.6 + uy * m, y - uy * m * lean * 0.6 - ux * m);
      ctx.lineTo(x + ux * m * lean * 0.6 - uy * m, y + uy * m * lean * 0.6 + ux * m);
    };
    for (let i = 0; i < count; i++) {
      const s = (long * (i + 0.5)) / count;
      if (edge.style === "x-marked") {
        stroke(s, 1.4);
        stroke(s, -1.4);
      } else {
        stroke(s - m * 0.45, 1);
        stroke(s + m * 0.45, 1);
      }
    }
  }
  ctx.stroke();
}

function drawDots(ctx: SKRSContext2D, plan: Plan): void {
  ctx.fillStyle = PIPE;
  for (const n of plan.nodes) {
    if (!n.dot) continue;
    ctx.beginPath();
    ctx.arc(...n.at, plan.drafting.dotRadius, 0, 2 * Math.PI);
    ctx.fill();
  }
}

/** The flow arrow of an edge as a placed symbol. */
export function arrowSymbol(plan: Plan, turns: number): PlacedSymbol {
  const variants = symbolClass("flow_arrow")!.variants;
  return {
    name: "flow_arrow",
    shape: variants[plan.drafting.arrowVariant % variants.length]!,
    scale: plan.drafting.arrow,
    turns,
    mirrored: false,
    strokeWidth: 1.5,
  };
}

function drawTicks(ctx: SKRSContext2D, plan: Plan): void {
  ctx.strokeStyle = SYMBOL;
  ctx.lineWidth = plan.drafting.symbolWidth;
  ctx.lineCap = "butt";
  ctx.beginPath();
  for (const tick of plan.ticks) {
    ctx.moveTo(...tick.from);
    ctx.lineTo(...tick.to);
  }
  ctx.stroke();
}

function drawArrows(ctx: SKRSContext2D, plan: Plan): void {
  for (const edge of plan.edges)
    if (edge.arrow) drawSymbol(ctx, plan, arrowSymbol(plan, edge.arrow.turns), edge.arrow.at);
}
