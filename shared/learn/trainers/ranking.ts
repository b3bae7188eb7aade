import type { CellExample, Dataset } from "../dataset/types.ts";
import { CELL_FEATURES } from "../features/cell-features.ts";
import { makeModel, node } from "../onnx/make-model.ts";
import { treeNode } from "../onnx/tree-nodes.ts";
import { ndcg, spearman } from "../score/measures.ts";
import { runRows } from "../score/run-rows.ts";
import { scored } from "../score/scored.ts";
import type { Scored, ScoreUnit, Trainer } from "../types.ts";
import { boost } from "./boosting.ts";
import { keptAside } from "./inner-split.ts";
import { createSample } from "./sample.ts";
import { requireExamples } from "./too-few.ts";

const GATES = ["annotation", "graph"] as const;

/** How much a person will have to correct in a piece of a sheet: boosted trees with a Poisson loss. */
export const ranking: Trainer = {
  name: "ranking",
  queue: "ml_light",
  job: "says which diagrams and which parts of them most need a person",
  scoreName: "NDCG of the parts of each sheet by corrections",
  input: [null, CELL_FEATURES.length],
  output: [null, 1],

  async train(dataset, options) {
    const { maxExamples = 20_000, rounds = 150 } = options.settings ?? {};
    const sample = createSample<CellExample & { aside: boolean }>(maxExamples, options.seed);
    let corrected = 0;
    for await (const record of dataset.records()) {
      options.signal.throwIfAborted();
      corrected += record.boxes.filter(({ claimed, truth }) => claimed !== truth).length;
      const aside = keptAside(record.uid, options.seed);
      for (const cell of record.cells) sample.add({ ...cell, aside }, cell.corrections > 0);
    }
    requireExamples("ranking", corrected);
    const cells = sample.items();
    const examples = {
      rows: cells.map(({ features }) => features),
      // One ruined corner of one sheet must not outweigh everything else.
      targets: Float32Array.from(cells, ({ corrections }) => Math.min(12, corrections)),
      importance: new Float32Array(cells.length).fill(1),
      aside: Uint8Array.from(cells, ({ aside }) => (aside ? 1 : 0)),
    };
    const key = `ranking 1 ${dataset.digest} ${options.seed} ${maxExamples} ${rounds}`;
    const { model, asideLoss } = await boost(
      examples,
      { key, loss: "poisson", rounds, shrinkage: 0.08 },
      options,
    );
    const onnx = makeModel({
      name: "ranking",
      input: { name: "features", dims: ["N", CELL_FEATURES.length] },
      output: { name: "corrections", dims: ["N", 1] },
      nodes: [
        treeNode(model, "features", "log_corrections"),
        node("Exp", ["log_corrections"], ["corrections"]),
      ],
      weights: [],
      metadata: { task: "ranking", features: CELL_FEATURES.join(",") },
    });
    return {
      onnx,
      card: {
        learner: "gradient boosted trees (depth 3), Poisson loss",
        trees: model.trees.length,
        cells: cells.length,
        corrections: cells.reduce((sum, { corrections }) => sum + corrections, 0),
        features: [...CELL_FEATURES],
      },
      metrics: { asidePoissonLoss: asideLoss, trees: model.trees.length, cells: cells.length },
    };
  },

  score: (model, holdout) =>
    judge(holdout, async (cells) => {
      const answers = await runRows(
        model,
        cells.map(({ features }) => features),
      );
      return answers.map((answer) => answer[0]!);
    }),

  async baseline(holdout) {
    const [box, junction] = [
      CELL_FEATURES.indexOf("leastBoxScore"),
      CELL_FEATURES.indexOf("leastJunctionScore"),
    ];
    const result = await judge(holdout, async (cells) =>
      cells.map(({ features }) => 1 - Math.min(features[box]!, features[junction]!)),
    );
    return { name: "least certain first", ...result };
  },
};

/** Scores the order of cells within each sheet and gate; the order of whole diagrams is among the metrics. */
async function judge(holdout: Dataset, rate: (cells: CellExample[]) => Promise<number[]>): Promise<Scored> {
  const units: ScoreUnit[] = [];
  const diagrams = GATES.map(() => ({ said: [] as number[], came: [] as number[] }));
  for await (const record of holdout.records()) {
    const unit: ScoreUnit = { uid: record.uid, sum: 0, weight: 0 };
    for (const [g, gate] of GATES.entries()) {
      const cells = record.cells.filter((cell) => cell.gate === gate);
      if (cells.length === 0) continue;
      const rated = await rate(cells);
      const work = cells.map(({ corrections }) => corrections);
      diagrams[g]!.said.push(rated.reduce((a, b) => a + b, 0));
      diagrams[g]!.came.push(work.reduce((a, b) => a + b, 0));
      const value = ndcg(rated, work);
      if (Number.isNaN(value)) continue;
      unit.sum += value;
      unit.weight++;
    }
    units.push(unit);
  }
  const metrics: Record<string, number> = {};
  GATES.forEach((gate, g) => {
    const { said, came } = diagrams[g]!;
    metrics[`spearman diagrams ${gate}`] = spearman(said, came);
    metrics[`ndcg diagrams ${gate}`] = ndcg(said, came);
  });
  return scored(units, metrics);
}
