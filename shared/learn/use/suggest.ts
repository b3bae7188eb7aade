import type { Model } from "#shared/inference";
import type { Box, Coco, Graph } from "#shared/messages";
import type { Raster } from "#shared/vision";
import { named } from "../dataset/compare-boxes.ts";
import { contextFeatures } from "../features/context-features.ts";
import { viewSheet } from "../features/sheet-view.ts";
import { suggestionRow } from "../features/suggestion-row.ts";
import { symbolPatch } from "../features/symbol-patch.ts";
import { PATCH_DIMS, patchRow } from "../onnx/patch-tensor.ts";
import { runRows } from "../score/run-rows.ts";
import { boxCertainties } from "./least-certainty.ts";

/** What the models would say about a box a person looks at. */
export interface Suggestion {
  /** Id of the annotation. */
  id: number;
  bbox: Box;
  /** The detector's class and score. */
  class: string;
  score: number | null;
  /** How likely the box is right, by `regression`. */
  right: number | null;
  /** Likeliest classes first, by `recommendation`; "no symbol" where there is none. */
  classes: { class: string; score: number }[];
  /** The family of unnamed symbols it looks like, by `clustering`, and how far off it is; smaller is nearer. */
  family: { name: string; index: number; distance: number } | null;
}

export interface SuggestModels {
  recommendation: Pick<Model, "run" | "card"> | null;
  clustering: Pick<Model, "run" | "card"> | null;
  regression: Pick<Model, "run"> | null;
}

/** Boxes a detector is less sure of than this are asked about, where no model says how likely they are right. */
const UNSURE = 0.6;
/** The same for calibrated probabilities. */
const DOUBTFUL = 0.9;
/** Most boxes asked about at once. */
const MOST = 300;
const CLASSES = 5;

/** Suggestions for the doubtful boxes of a sheet, the most doubtful first. Models that are absent leave their part empty. */
export async function suggest(
  diagram: { sheet: Raster; boxes: Coco; graph?: Graph },
  models: SuggestModels,
): Promise<Suggestion[]> {
  const { sheet, boxes, graph } = diagram;
  const view = viewSheet(sheet);
  const claims = named(boxes);
  const right = models.regression ? await boxCertainties(models.regression, sheet, boxes) : null;
  const doubt = (i: number) => (right ? right[i]! - DOUBTFUL : claims[i]!.score - UNSURE);
  const asked = [...claims.keys()]
    .filter((i) => doubt(i) < 0)
    .sort((a, b) => doubt(a) - doubt(b))
    .slice(0, MOST);
  if (asked.length === 0) return [];
  const context = contextFeatures(
    asked.map((i) => claims[i]!.bbox),
    claims,
    view,
    graph,
  );
  const patches = asked.map((i) => symbolPatch(sheet, claims[i]!.bbox));
  const { recommendation, clustering } = models;
  const likely =
    recommendation &&
    (await runRows(
      recommendation,
      asked.map((i, k) =>
        suggestionRow(
          {
            patch: patches[k]!,
            context: context[k]!,
            claimed: claims[i]!.class,
            score: boxes.annotations[i]!.score ?? null,
          },
          recommendation.card.names,
        ),
      ),
    ));
  const distances = clustering && (await runRows(clustering, patches.map(patchRow), PATCH_DIMS));
  return asked.map((i, k): Suggestion => {
    const { id, bbox, score } = boxes.annotations[i]!;
    const family = distances ? distances[k]!.indexOf(Math.min(...distances[k]!)) : -1;
    return {
      id,
      bbox,
      class: claims[i]!.class,
      score: score ?? null,
      right: right ? right[i]! : null,
      classes: likely ? best(likely[k]!, recommendation!.card.names) : [],
      family:
        distances && family >= 0
          ? {
              name: clustering!.card.names[family] ?? `family ${family + 1}`,
              index: family,
              distance: distances[k]![family]!,
            }
          : null,
    };
  });
}

function best(p: Float32Array, names: readonly string[]): Suggestion["classes"] {
  return [...p.keys()]
    .sort((a, b) => p[b]! - p[a]!)
    .slice(0, CLASSES)
    .map((c) => ({ class: names[c] ?? `class ${c}`, score: Math.round(p[c]! * 1e4) / 1e4 }));
}
