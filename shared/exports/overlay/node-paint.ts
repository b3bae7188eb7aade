import type { NodeType } from "#shared/messages";

/** Colour and legend text of each type of node; none of them is a line colour. */
export const NODE_PAINT: Readonly<Record<NodeType, { colour: string; label: string }>> = {
  symbol: { colour: "#007d79", label: "symbol" },
  tee: { colour: "#161616", label: "tee" },
  cross: { colour: "#161616", label: "cross" },
  endpoint: { colour: "#da1e28", label: "open end" },
  offpage: { colour: "#9f1853", label: "off-page connector" },
};

/** Colour and legend text of a place where lines pass without joining. */
export const CROSSING_PAINT = {
  bridge: { colour: "#a800a8", label: "crossing with a jump" },
  plain: { colour: "#a800a8", label: "plain crossing" },
} as const;
