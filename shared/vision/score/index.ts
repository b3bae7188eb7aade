export { type Counts, counts, sumCounts } from "./counts.ts";
export { correctionsPer100, type GraphScoreOptions, type GraphScores, graphScores } from "./graph-scores.ts";
export { type JunctionItem, type JunctionScores, junctionScores } from "./junction-scores.ts";
export { type MaskScores, maskScores } from "./mask-scores.ts";
export { type BoxItem, type BoxMatchOptions, type BoxScores, matchBoxes } from "./match-boxes.ts";
export { matchPoints } from "./match-points.ts";
