import type { Shape, Side } from "#shared/symbols";
import type { Grid } from "./grid.ts";

/** Pixels of the sheet, origin top-left. */
export type Point = [number, number];

/** Line styles, in the order of their index in the style mask. */
export const lineStyles = ["solid", "dashed", "dotted", "double-slash", "x-marked"] as const;
export type LineStyle = (typeof lineStyles)[number];

/** How a sheet is drafted: sizes in pixels, chances in 0..1. */
export interface Drafting {
  /** Distance of grid lines; the unit of everything else. */
  cell: number;
  processWidth: number;
  thinWidth: number;
  symbolWidth: number;
  /** Stroke of vessels and exchangers. */
  outlineWidth: number;
  frameWidth: number;
  /** Pixels per module of small symbols, and of balloons. */
  module: number;
  /** Cells per module of vessels and exchangers. */
  equipment: number;
  /** Chance that a vessel shows what is inside it. */
  internals: number;
  balloon: number;
  arrow: number;
  arrowVariant: number;
  jumpRadius: number;
  jumpChance: number;
  /** Whether lines that do not jump stop short of the line they pass instead. */
  breaks: boolean;
  /** How far corners are cut off, in cells; 0 for square corners. */
  chamfer: number;
  /** Which line jumps. */
  jumps: "horizontal" | "vertical" | "random";
  dotChance: number;
  dotRadius: number;
  textHeight: number;
  fontWeight: 300 | 400 | 500 | 700;
  textStretch: number;
  /** Width of the lettering pen in capital heights; 0 for the outlines of a font. */
  pen: number;
  dash: [number, number];
  dot: [number, number];
  signalStyles: LineStyle[];
  /** Preferred variant of every class on this sheet. */
  variants: ReadonlyMap<string, number>;
  lineNumber: "over" | "break" | "none";
  /** Drawings from a company library this sheet uses instead, by class. */
  foreign: ReadonlyMap<string, Shape>;
  inlineDensity: number;
  /** Chance that what cuts a line is a balloon. */
  inlineBalloons: number;
  /** Chance that a line carries a chain of parts that touch each other. */
  chains: number;
  /** Chance that a small symbol is drawn much smaller than its like. */
  halfSize: number;
  arrowChance: number;
  /** Whether nozzles of equipment end in a stroke across the line. */
  nozzles: boolean;
  /** Chance that a free place on a wall has a blind nozzle or manhole. */
  blindNozzles: number;
  tagChance: number;
  /** Chance that a tag without room is written all the same. */
  crowding: number;
  /** Chance that a small symbol also shows its size. */
  callouts: number;
  /** How many colours lines have; 1 is a grey sheet. */
  lineColours: number;
}

/** A symbol on the sheet, or a place where lines join or end. */
export interface PlanNode {
  id: string;
  type: "symbol" | "tee" | "cross" | "endpoint" | "offpage";
  at: Point;
  symbol?: PlacedSymbol;
  tag?: string;
  dot?: boolean;
}

export interface PlacedSymbol {
  name: string;
  shape: Shape;
  /** Pixels per module. */
  scale: number;
  /** Quarter turns clockwise, after mirroring top to bottom. */
  turns: number;
  mirrored: boolean;
  strokeWidth: number;
  letters?: string;
  number?: string;
}

/** One end of an edge. */
export interface PlanEnd {
  node: PlanNode;
  port?: string;
  side?: Side;
}

export interface PlanEdge {
  id: string;
  from: PlanEnd;
  to: PlanEnd;
  /** Corners from end to end. */
  points: Point[];
  /** Grid vertices outside the symbols, in order. */
  vertices: number[];
  style: LineStyle;
  line: "process" | "signal";
  widthPx: number;
  /** Index into the palette of the sheet. */
  colour: number;
  number?: string;
  /** Pieces left white for a line number. */
  gaps: [Point, Point][];
  arrow?: { at: Point; turns: number };
}

export interface PlanCrossing {
  at: Point;
  kind: "bridge" | "plain";
  /** The one that jumps comes first. */
  edges: [PlanEdge, PlanEdge];
}

export interface PlanText {
  /** Left end of the base line before turning. */
  at: Point;
  text: string;
  height: number;
  /** Degrees, 0 or -90 (reads upwards). */
  angle: 0 | -90;
  of?: string;
  weight?: 300 | 400 | 500 | 700;
}

/** Straight ink of borders and tables. */
export interface FrameLine {
  from: Point;
  to: Point;
  widthPx: number;
  dashed?: boolean;
}

/** Ink that is neither line, symbol nor text: dimensions, clouds, hatching, insulation. Points in order, in px. */
export interface Mark {
  points: Point[];
  closed?: boolean;
  fill?: boolean;
  widthPx: number;
  dash?: readonly number[];
}

/** A symbol shown in a legend: drawn like one, but part of no diagram. */
export interface LegendSymbol {
  at: Point;
  symbol: PlacedSymbol;
}

/** Everything on a sheet before it is drawn. */
export interface Plan {
  widthPx: number;
  heightPx: number;
  grid: Grid;
  drafting: Drafting;
  nodes: PlanNode[];
  edges: PlanEdge[];
  crossings: PlanCrossing[];
  texts: PlanText[];
  frame: FrameLine[];
  marks: Mark[];
  legend: LegendSymbol[];
  /** Short strokes across lines where a nozzle ends: symbol ink that is no node. */
  ticks: { at: Point; from: Point; to: Point }[];
}
