import type { Box, Point } from "#shared/messages";
import { type Shape, type SymbolClass, shapeBounds } from "#shared/symbols";
import type { Touch } from "./attachments.ts";

/** A shape, how it is turned and stretched, so that it fills a box of the sheet. */
export interface Fit {
  shape: Shape;
  /** Quarter turns clockwise. */
  turns: number;
  /** Modules to sheet pixels. */
  place: (x: number, y: number) => Point;
  /** Pixels per module, the smaller of both directions. */
  moduleWidthPx: number;
}

/** What a turn or a later variant costs, in box sides: drawings without a reason to turn stay upright. */
const UPRIGHT_BIAS = 0.05;
/** What pointing upstream costs: more than a turn, less than ports on the wrong side of the box. */
const UPSTREAM_COST = 0.3;

/** Bounds by shape: the catalogue is small, a sheet has thousands of symbols, and each is tried in many ways. */
const BOUNDS = new WeakMap<Shape, ReturnType<typeof shapeBounds>>();

function boundsOf(shape: Shape): ReturnType<typeof shapeBounds> {
  let bounds = BOUNDS.get(shape);
  if (!bounds) {
    bounds = shapeBounds(shape);
    BOUNDS.set(shape, bounds);
  }
  return bounds;
}

/** Beyond this a shape counts as a line, which cannot be stretched across. */
const THIN = 1e-6;

/**
 * Chooses the variant and the quarter turn of a class whose proportions and ports fit best: a valve in a vertical line
 * stands upright, a drum in a wide box lies down. `graph.json` holds no rotation, so it is read off the lines.
 *
 * @param touched where lines meet the symbol, in sheet pixels
 */
export function orient(known: SymbolClass, box: Box, touched: readonly Touch[]): Fit {
  let best: Fit | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  known.variants.forEach((shape, variant) => {
    const mayTurn = known.role !== "balloon";
    for (let turns = 0; turns < (mayTurn ? 4 : 1); turns++) {
      const fit = fill(shape, turns, box);
      const against = known.role === "inline" && touched.some((touch) => isAgainst(fit, touch));
      const cost =
        misfit(fit, box, touched) +
        (against ? UPSTREAM_COST : 0) +
        UPRIGHT_BIAS * (variant + (turns === 0 ? 0 : 1 + turns / 10));
      if (cost < lowest) {
        lowest = cost;
        best = fit;
      }
    }
  });
  return best!;
}

const turn = (x: number, y: number, turns: number): Point =>
  turns === 0 ? [x, y] : turns === 1 ? [-y, x] : turns === 2 ? [-x, -y] : [y, -x];

function fill(shape: Shape, turns: number, [bx, by, width, height]: Box): Fit {
  const [x0, y0, x1, y1] = boundsOf(shape);
  const [ax, ay] = turn(x0, y0, turns);
  const [cx, cy] = turn(x1, y1, turns);
  const [left, top] = [Math.min(ax, cx), Math.min(ay, cy)];
  const [spanX, spanY] = [Math.abs(cx - ax), Math.abs(cy - ay)];
  const scaleX = spanX > THIN ? width / spanX : height / Math.max(spanY, THIN);
  const scaleY = spanY > THIN ? height / spanY : scaleX;
  return {
    shape,
    turns,
    moduleWidthPx: Math.min(scaleX, scaleY),
    place: (x, y) => {
      const [tx, ty] = turn(x, y, turns);
      return [bx + (tx - left) * scaleX, by + (ty - top) * scaleY];
    },
  };
}

/**
 * Whether a flow runs against an in-line shape, which is drawn from west to east: a pump, check valve or reducer must
 * not point upstream.
 */
function isAgainst(fit: Fit, [x, y, flow]: Touch): boolean {
  if (flow === undefined) return false;
  const away = (side: "W" | "E") => {
    const port = fit.shape.ports.find((each) => each.side === side && each.takes !== "signal");
    if (!port) return Number.POSITIVE_INFINITY;
    const [px, py] = fit.place(port.x, port.y);
    return Math.hypot(px - x, py - y);
  };
  const [inlet, outlet] = [away("W"), away("E")];
  return flow === "in" ? outlet < inlet : inlet < outlet;
}

/** How far proportions are off (log ratio) plus how far lines end from the nearest port or wall (in box sides). */
function misfit(fit: Fit, [bx, by, width, height]: Box, touched: readonly Touch[]): number {
  const [x0, y0, x1, y1] = boundsOf(fit.shape);
  const [w, h] = fit.turns % 2 === 0 ? [x1 - x0, y1 - y0] : [y1 - y0, x1 - x0];
  const stretch = Math.abs(Math.log(Math.max(w, THIN) / Math.max(h, THIN)) - Math.log(width / height));
  const places = fit.shape.ports.map((port) => fit.place(port.x, port.y));
  for (const wall of fit.shape.walls ?? [])
    for (const t of [0, 0.25, 0.5, 0.75, 1])
      places.push(fit.place(wall.x1 + (wall.x2 - wall.x1) * t, wall.y1 + (wall.y2 - wall.y1) * t));
  if (places.length === 0 || touched.length === 0) return stretch;
  let off = 0;
  for (const [x, y] of touched) {
    let nearest = Number.POSITIVE_INFINITY;
    for (const [px, py] of places)
      nearest = Math.min(nearest, Math.hypot((px - x) / width, (py - y) / height));
    // An end far outside the box tells nothing about which port it belongs to.
    off += Math.hypot(x - bx - width / 2, y - by - height / 2) > 2 * Math.max(width, height) ? 0 : nearest;
  }
  return stretch + off / touched.length;
}
