import type { Box, Mask, Point, Raster } from "../geometry/types.ts";
import type { Junction } from "../junctions/types.ts";

/** A symbol on the sheet: an accepted detection or a person's annotation. */
export interface SymbolBox {
  /** @default "n1", "n2", … by position in the list */
  id?: string;
  class: string;
  bbox: Box;
  score?: number;
  tag?: string;
}

/** What a class does in the graph: most are nodes; arrows give a line its direction; off-page connectors end a sheet. */
export type SymbolRole = "node" | "arrow" | "offpage" | "ignore";

/** A named place where a line attaches to a symbol, sheet px. */
export interface SymbolPort {
  name: string;
  at: Point;
}

export interface GraphInput {
  sheet: { uid: string; widthPx: number; heightPx: number };
  /** Lines one pixel wide, gaps closed; see `skeletonizeFull`. */
  skeleton: Mask;
  /** Classified junctions; a place without one is classified by its geometry. */
  junctions?: readonly Junction[];
  symbols: readonly SymbolBox[];
  /** Typical line width, px; estimated from `pipeMask` when absent. */
  lineWidthPx?: number;
  /** Ink of the lines; gives widths, dots, and dash patterns. */
  pipeMask?: Mask;
  /** All ink of the sheet; the direction of an arrow is read from it. */
  ink?: Mask;
  /** The grey sheet; arrow heads nobody detected are found on it by their shape. */
  grey?: Raster;
  /** Class-index image of the segmenter: 1 solid, 2 dashed, 3 dotted, 4 double slash, 5 x-marked. */
  styleIndex?: Raster;
  /** Texts a line may run under. */
  coverBoxes?: readonly Box[];
  roleOf?: (className: string) => SymbolRole;
  /** Tells the parts of pipe runs, which are connected when they touch (see `joinTouching`). @default none is one */
  isPart?: (className: string) => boolean;
  portsOf?: (symbol: SymbolBox) => readonly SymbolPort[] | undefined;
}

export interface VisionNode {
  id: string;
  type: "symbol" | "tee" | "cross" | "endpoint" | "offpage";
  class?: string;
  score?: number;
  bbox?: Box;
  center: Point;
  tag?: string;
}

export type VisionLineStyle = "solid" | "dashed" | "dotted" | "double-slash" | "x-marked" | "unknown";

export interface VisionEdge {
  id: string;
  source: string;
  target: string;
  points: Point[];
  line: "process" | "signal" | "pneumatic" | "hydraulic" | "utility" | "unknown";
  style: VisionLineStyle;
  direction: "forward" | "backward" | null;
  widthPx: number;
  sourcePort?: string;
  targetPort?: string;
}

export interface VisionCrossing {
  at: Point;
  kind: "bridge" | "plain";
  edges: [string, string];
}

/** `graph.json` version 1. */
export interface VisionGraph {
  version: 1;
  sheet: { uid: string; widthPx: number; heightPx: number };
  nodes: VisionNode[];
  edges: VisionEdge[];
  crossings: VisionCrossing[];
}
