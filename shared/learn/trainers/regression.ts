import type { Dataset, SheetRecord } from "../dataset/types.ts";
import { ITEM_FEATURES } from "../features/item-layout.ts";
import { fitPlatt } from "../learners/platt.ts";
import { makeModel, node, tensor } from "../onnx/make-model.ts";
import { treeNode } from "../onnx/tree-nodes.ts";
import { brier, calibrationError, rankAccuracy } from "../score/measures.ts";
import { runRows } from "../score/run-rows.ts";
import { scored } from "../score/scored.ts";
import type { Scored, ScoreUnit, Trainer } from "../types.ts";
import { boost } from "./boosting.ts";
import { keptAside } from "./inner-split.ts";
import { createSample } from "./sample.ts";
import { requireExamples } from "./too-few.ts";

const KINDS = ["box", "junction", "edge"] as const;

interface Item {
  kind: (typeof KINDS)[number];
  features: Float32Array;
  right: number;
}

/** Everything on a sheet that a model claimed, and whether people left it as it was. */
function itemsOf({ boxes, junctions, edges }: SheetRecord): Item[] {
  return [
    ...boxes
      .filter(({ claimed }) => claimed !== null)
      .map(
        ({ features, claimed, truth }): Item => ({ kind: "box", features, right: claimed === truth ? 1 : 0 }),
      ),
    ...junctions.map(
      ({ features, claimed, truth }): Item => ({
        kind: "junction",
        features,
        right: claimed === truth ? 1 : 0,
      }),
    ),
    ...edges.map(({ features, right }): Item => ({ kind: "edge", features, right: right ? 1 : 0 })),
  ];
}

/** How likely an item is right: boosted trees on what is measured of it, calibrated on sheets they were not grown on. */
export const regression: Trainer = {
  name: "regression",
  queue: "ml_light",
  job: "says how likely an item is right, for the automatic gates",
  scoreName: "Brier skill, mean over boxes, junctions and edges",
  input: [null, ITEM_FEATURES.length],
  output: [null, 1],

  async train(dataset, options) {
    const { maxExamples = 20_000, rounds = 200 } = options.settings ?? {};
    const sample = createSample<Item & { aside: boolean }>(maxExamples, options.seed);
    let corrected = 0;
    for await (const record of dataset.records()) {
      options.signal.throwIfAborted();
      corrected += record.boxes.filter(({ claimed, truth }) => claimed !== truth).length;
      const aside = keptAside(record.uid, options.seed);
      for (const item of itemsOf(record)) sample.add({ ...item, aside }, item.right === 0);
    }
    requireExamples("regression", corrected);
    const items = sample.items();
    const examples = {
      rows: items.map(({ features }) => features),
      targets: Float32Array.from(items, ({ right }) => right),
      importance: new Float32Array(items.length).fill(1),
      aside: Uint8Array.from(items, ({ aside }) => (aside ? 1 : 0)),
    };
    const key = `regression 1 ${dataset.digest} ${options.seed} ${maxExamples} ${rounds}`;
    const { model, asideMargins, asideLoss } = await boost(
      examples,
      { key, loss: "logistic", rounds },
      options,
    );
    const aside = items.filter(({ aside }) => aside).map(({ right }) => right);
    const { slope, shift } = fitPlatt(asideMargins, aside);
    const onnx = makeModel({
      name: "regression",
      input: { name: "features", dims: ["N", ITEM_FEATURES.length] },
      output: { name: "probability", dims: ["N", 1] },
      nodes: [
        treeNode(model, "features", "margin"),
        node("Mul", ["margin", "slope"], ["scaled"]),
        node("Add", ["scaled", "shift"], ["calibrated"]),
        node("Sigmoid", ["calibrated"], ["probability"]),
      ],
      weights: [tensor("slope", [1], [slope]), tensor("shift", [1], [shift])],
      metadata: { task: "regression", features: ITEM_FEATURES.join(",") },
    });
    return {
      onnx,
      card: {
        learner: "gradient boosted trees (depth 3), Platt scaling",
        trees: model.trees.length,
        items: items.length,
        wrong: items.filter(({ right }) => !right).length,
        slope,
        shift,
        features: [...ITEM_FEATURES],
      },
      metrics: { asideLogLoss: asideLoss, trees: model.trees.length, items: items.length },
    };
  },

  async score(model, holdout) {
    return judge(holdout, async (items) => {
      const answers = await runRows(
        model,
        items.map(({ features }) => features),
      );
      return answers.map((answer) => answer[0]!);
    });
  },

  async baseline(holdout) {
    const at = ITEM_FEATURES.indexOf("score");
    const result = await judge(holdout, async (items) => items.map(({ features }) => features[at]!));
    return { name: "the models' own scores", ...result };
  },
};

/** Scores probabilities against what people left as it was. */
async function judge(holdout: Dataset, rate: (items: Item[]) => Promise<number[]>): Promise<Scored> {
  const sheets: { uid: string; items: Item[]; rated: number[] }[] = [];
  for await (const record of holdout.records()) {
    const items = itemsOf(record);
    // Only what the score needs stays in memory.
    sheets.push({
      uid: record.uid,
      rated: await rate(items),
      items: items.map(({ kind, right }) => ({ kind, right, features: NOTHING })),
    });
  }
  const metrics: Record<string, number> = {};
  const all = sheets.flatMap(({ items, rated }) =>
    items.map(({ kind, right }, i) => ({ kind, right, p: rated[i]! })),
  );
  const measure = (name: string, of: typeof all) => {
    const [p, right] = [of.map((item) => item.p), of.map((item) => item.right)];
    metrics[`brier${name}`] = brier(p, right);
    metrics[`calibrationError${name}`] = calibrationError(p, right);
    metrics[`rankAccuracy${name}`] = rankAccuracy(p, right);
  };
  measure("", all);
  // What a constant, the share of right ones, would get.
  const constant = new Map<string, { brier: number; count: number }>();
  for (const kind of KINDS) {
    const of = all.filter((item) => item.kind === kind);
    if (of.length === 0) continue;
    measure(` ${kind}`, of);
    const share = of.reduce((sum, { right }) => sum + right, 0) / of.length;
    constant.set(kind, { brier: Math.max(1e-4, share * (1 - share)), count: of.length });
  }
  const units = sheets.map(({ uid, items, rated }): ScoreUnit => {
    let [sum, weight] = [0, 0];
    items.forEach(({ kind, right }, i) => {
      const of = constant.get(kind)!;
      sum += (1 - (rated[i]! - right) ** 2 / of.brier) / of.count;
      weight += 1 / of.count;
    });
    return { uid, sum, weight };
  });
  return scored(units, metrics);
}

const NOTHING = new Float32Array(0);
