import type { GraphEdge, LineKind, LineStyle } from "#shared/messages";

/** Colour of each kind of line, the same in every export and told apart by most kinds of colour blindness. */
export const LINE_COLOURS: Readonly<Record<LineKind, string>> = {
  process: "#0f62c4",
  signal: "#d1390b",
  pneumatic: "#0b8a6a",
  hydraulic: "#8a3ffc",
  utility: "#b28600",
  unknown: "#6f6f6f",
};

/** How each kind of line is named in a legend. */
export const LINE_LABELS: Readonly<Record<LineKind, string>> = {
  process: "process line",
  signal: "signal line",
  pneumatic: "pneumatic line",
  hydraulic: "hydraulic line",
  utility: "utility line",
  unknown: "line of unknown kind",
};

/** Dash pattern in multiples of the stroke width; empty for a solid line. */
export const DASHES: Readonly<Record<LineStyle, readonly number[]>> = {
  solid: [],
  dashed: [4, 2.5],
  dotted: [1, 2],
  "double-slash": [],
  "x-marked": [],
  unknown: [],
};

/** Stroke width to draw an edge with: its own, or 2 px when it was not measured, never thinner than 1 px. */
export function strokeWidthPx(edge: GraphEdge): number {
  return edge.widthPx > 0 ? Math.min(Math.max(edge.widthPx, 1), 12) : 2;
}
