import type { Superclass } from "#shared/symbols";

/** Families of symbols, as one-hot features count them; the last is everything that is not ours. */
export const FAMILIES: readonly (Superclass | "other")[] = [
  "valve",
  "rotating",
  "vessel",
  "exchanger",
  "instrument",
  "fitting",
  "connector",
  "other",
];

/** What the classify stage may call a place. */
export const JUNCTION_KINDS = ["tee", "cross", "plain", "bridge", "bend"] as const;

/**
 * What is measured of an item (a box, a junction, an edge), in order; what does not apply to its kind is 0. Lengths are in
 * line widths. Models hold the number of these in their input shape: a change makes older models unfit, and they are refused.
 */
export const ITEM_FEATURES = [
  "isBox",
  "isJunction",
  "isEdge",
  "score",
  "scoreLogit",
  // Of the sheet.
  "sheetItemsLog",
  "sheetScore",
  // Of a box.
  "widthLog",
  "heightLog",
  "aspectLog",
  "inkShare",
  "rimShare",
  "rimRuns",
  "ringShare",
  "contrast",
  "nearestLog",
  "overlap",
  "contained",
  "crowdLog",
  "sheetRimLog",
  "classCountLog",
  "classScore",
  ...FAMILIES.map((family) => `is-${family}` as const),
  // Of a junction.
  "arms",
  ...JUNCTION_KINDS.map((kind) => `is-${kind}` as const),
  "straightness",
  "boxDistanceLog",
  "junctionsNear",
  // Of an edge.
  "lengthLog",
  "corners",
  "openEnds",
  "symbolEnds",
  "isSolid",
  "isUnknownStyle",
  "lineWidths",
  "passes",
  "directed",
  "endScore",
] as const;
export type ItemFeature = (typeof ITEM_FEATURES)[number];

const place = new Map<string, number>(ITEM_FEATURES.map((name, i) => [name, i]));

/** A feature vector from named values; everything not named is 0. */
export function itemVector(values: Partial<Record<ItemFeature, number>>): Float32Array {
  const vector = new Float32Array(ITEM_FEATURES.length);
  for (const [name, value] of Object.entries(values)) vector[place.get(name)!] = value ?? 0;
  return vector;
}

/** Log odds of a probability that may be 0 or 1; within ±7. */
export const logit = (p: number): number => {
  const safe = Math.min(0.999, Math.max(0.001, p));
  return Math.log(safe / (1 - safe));
};
