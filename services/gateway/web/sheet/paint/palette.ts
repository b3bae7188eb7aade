import type { GraphEdge, NodeType } from "#shared/messages";

/** Colours over a sheet, which is white paper in light and dark alike. Those of lines are the exports'. */
export const LINE_COLOURS: Record<GraphEdge["line"], string> = {
  process: "#0f62c4",
  signal: "#d1390b",
  pneumatic: "#0b8a6a",
  hydraulic: "#8a3ffc",
  utility: "#b28600",
  unknown: "#6f6f6f",
};

/** Dashes in multiples of the stroke's width. */
export const DASHES: Record<GraphEdge["style"], readonly number[]> = {
  solid: [],
  dashed: [4, 2.5],
  dotted: [1, 2],
  "double-slash": [8, 2, 1, 2],
  "x-marked": [8, 2, 2, 2],
  unknown: [],
};

export const NODE_COLOURS: Record<NodeType, string> = {
  symbol: "#007d79",
  tee: "#161616",
  cross: "#161616",
  endpoint: "#da1e28",
  offpage: "#9f1853",
};

export const BOX_COLOUR = "#007d79";
/** What the model was not sure of. */
export const UNSURE_COLOUR = "#c25100";
export const SELECTED_COLOUR = "#d6006c";
export const CROSSING_COLOUR = "#a800a8";
export const MASK_COLOUR = [21, 101, 192] as const;

/** Below this confidence an item is drawn and listed as unsure. */
export const UNSURE = 0.6;
export const isUnsure = (score: number | null | undefined): boolean =>
  typeof score === "number" && score < UNSURE;
