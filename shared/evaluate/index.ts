export { CONTROLS } from "./controls.ts";
export { drawMistakes } from "./draw-mistakes.ts";
export { findMistakes, type Mistake, type MistakeKind } from "./find-mistakes.ts";
export { mapMask, mapTruth, type SourceMap } from "./map-truth.ts";
export { failedSheet, type SheetResult, type SheetScores, scoreSheet, symbolsOf } from "./score-sheet.ts";
export { METRIC_NAMES, type Summary, summarise } from "./summary.ts";
export { loadTruths, type SheetTruth, type TrueSymbol, trueAnnotations } from "./truth.ts";
