import { type Port, type Shape, type Side, shapeBounds } from "#shared/symbols";
import { headings } from "./grid.ts";
import type { PlacedSymbol, Point } from "./types.ts";

const COS = [1, 0, -1, 0];
const SIN = [0, 1, 0, -1];

/** From modules around the anchor to sheet pixels. */
export function toSheet(symbol: PlacedSymbol, at: Point, x: number, y: number): Point {
  const [u, v] = [x * symbol.scale, (symbol.mirrored ? -y : y) * symbol.scale];
  const [c, s] = [COS[symbol.turns]!, SIN[symbol.turns]!];
  return [at[0] + u * c - v * s, at[1] + u * s + v * c];
}

/** Heading (0 north … 3 west) of a side once the symbol is placed. */
export function headingOf(symbol: Pick<PlacedSymbol, "turns" | "mirrored">, side: Side): number {
  let h = headings.indexOf(side);
  if (symbol.mirrored && h % 2 === 0) h = 2 - h;
  return (h + symbol.turns) % 4;
}

const known = new WeakMap<Shape, [number, number, number, number]>();

/** Geometry's extent around the anchor in modules, cached per shape. */
export function extent(shape: Shape): [number, number, number, number] {
  let box = known.get(shape);
  if (!box) {
    box = shapeBounds(shape);
    known.set(shape, box);
  }
  return box;
}

/** The board asks for the same boxes thousands of times. */
const boxes = new WeakMap<PlacedSymbol, { at: Point; box: [number, number, number, number] }>();

/** Tight ink box on the sheet, line width included: x0, y0, x1, y1. */
export function inkBox(symbol: PlacedSymbol, at: Point): [number, number, number, number] {
  const last = boxes.get(symbol);
  if (last?.at === at) return last.box;
  const box = measure(symbol, at);
  boxes.set(symbol, { at, box });
  return box;
}

function measure(symbol: PlacedSymbol, at: Point): [number, number, number, number] {
  const [x0, y0, x1, y1] = extent(symbol.shape);
  const a = toSheet(symbol, at, x0, y0);
  const b = toSheet(symbol, at, x1, y1);
  const half = symbol.strokeWidth / 2;
  return [
    Math.min(a[0], b[0]) - half,
    Math.min(a[1], b[1]) - half,
    Math.max(a[0], b[0]) + half,
    Math.max(a[1], b[1]) + half,
  ];
}

/** A port or nozzle as it lies on the sheet. */
export interface SheetPort {
  name: string;
  at: Point;
  heading: number;
  takes: "process" | "signal";
}

/** All places of a symbol where a line may attach; walls give one nozzle per module. */
export function sheetPorts(symbol: PlacedSymbol, at: Point): SheetPort[] {
  const lay = (p: Port): SheetPort => ({
    name: p.name,
    at: toSheet(symbol, at, p.x, p.y),
    heading: headingOf(symbol, p.side),
    takes: p.takes ?? "process",
  });
  const nozzles = (symbol.shape.walls ?? []).flatMap((wall) => {
    const out: Port[] = [];
    if (wall.x1 === wall.x2)
      for (let y = Math.ceil(wall.y1); y <= wall.y2; y++)
        out.push({ name: wall.side, x: wall.x1, y, side: wall.side });
    else
      for (let x = Math.ceil(wall.x1); x <= wall.x2; x++)
        out.push({ name: wall.side, x, y: wall.y1, side: wall.side });
    return out;
  });
  return [...symbol.shape.ports, ...nozzles].map(lay);
}
