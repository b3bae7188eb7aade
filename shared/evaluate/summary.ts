import { type Counts, sumCounts } from "#shared/vision";
import type { SheetScores } from "./score-sheet.ts";

/** Figures over a set of sheets: counts summed before they are scored, shares of pixels averaged. */
export interface Summary {
  sheets: number;
  symbolF1: number | null;
  symbolF1Agnostic: number | null;
  classAccuracy: number | null;
  superclassAccuracy: number | null;
  pipeIou: number | null;
  clDice: number | null;
  centreLineRecall: number | null;
  junctionF1: number | null;
  junctionClassAccuracy: number | null;
  crossingsJoined: number | null;
  edgePrecision: number | null;
  edgeRecall: number | null;
  edgeF1: number | null;
  lineStyle: number | null;
  direction: number | null;
  /** Corrections a person would make, per 100 true items. */
  correctionsPer100: number | null;
}

/** What each figure is called in tables, in their order. */
export const METRIC_NAMES: Record<Exclude<keyof Summary, "sheets">, string> = {
  symbolF1: "symbol F1 (IoU 0.5, class required)",
  symbolF1Agnostic: "symbol F1, class-agnostic",
  classAccuracy: "class accuracy on matches",
  superclassAccuracy: "superclass accuracy on matches",
  pipeIou: "pipe mask IoU",
  clDice: "pipe mask clDice",
  centreLineRecall: "centre-line recall at 4 px",
  junctionF1: "junction F1",
  junctionClassAccuracy: "junction class accuracy",
  crossingsJoined: "crossings wrongly joined",
  edgePrecision: "edge precision",
  edgeRecall: "edge recall",
  edgeF1: "edge F1",
  lineStyle: "line style right",
  direction: "direction right",
  correctionsPer100: "corrections per 100 true items",
};

const present = <T>(values: (T | undefined)[]): T[] =>
  values.filter((value): value is T => value !== undefined);
const mean = (values: number[]) =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;

function pooled(values: (Counts | undefined)[]): Counts | null {
  const list = present(values);
  return list.length === 0 ? null : sumCounts(list);
}

function share(pairs: ([part: number, whole: number] | undefined)[]): number | null {
  const list = present(pairs);
  const whole = list.reduce((sum, pair) => sum + pair[1], 0);
  return whole === 0 ? null : list.reduce((sum, pair) => sum + pair[0], 0) / whole;
}

export function summarise(scores: readonly SheetScores[]): Summary {
  const edges = pooled(scores.map((sheet) => sheet.edges));
  const work = share(scores.map(({ corrections: c }) => c && [c.work, c.items]));
  return {
    sheets: scores.length,
    symbolF1: pooled(scores.map((sheet) => sheet.symbols))?.f1 ?? null,
    symbolF1Agnostic: pooled(scores.map((sheet) => sheet.symbolsAgnostic))?.f1 ?? null,
    classAccuracy: share(scores.map(({ classed: c }) => c && [c.right, c.matched])),
    superclassAccuracy: share(scores.map(({ superclassed: c }) => c && [c.right, c.matched])),
    pipeIou: mean(present(scores.map((sheet) => sheet.pipeIou))),
    clDice: mean(present(scores.map((sheet) => sheet.clDice))),
    centreLineRecall: mean(present(scores.map((sheet) => sheet.centreLineRecall))),
    junctionF1: pooled(scores.map((sheet) => sheet.junctions))?.f1 ?? null,
    junctionClassAccuracy: share(scores.map(({ junctionClass: c }) => c && [c.right, c.matched])),
    crossingsJoined: share(scores.map(({ crossings: c }) => c && [c.joined, c.total])),
    edgePrecision: edges?.precision ?? null,
    edgeRecall: edges?.recall ?? null,
    edgeF1: edges?.f1 ?? null,
    lineStyle: share(scores.map(({ style: c }) => c && [c.right, c.total])),
    direction: share(scores.map(({ direction: c }) => c && [c.right, c.total])),
    correctionsPer100: work === null ? null : 100 * work,
  };
}
