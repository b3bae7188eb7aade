import type { BoxExample, Dataset } from "../dataset/types.ts";
import { CONTEXT_FEATURES } from "../features/context-features.ts";
import { NO_SYMBOL, suggestionRow } from "../features/suggestion-row.ts";
import { PATCH_SIDE } from "../features/symbol-patch.ts";
import { derive, seeded } from "../learners/random.ts";
import { probabilities } from "../learners/softmax.ts";
import { measureScaling, type Scaling, standardise } from "../learners/standardise.ts";
import { denseNodes, frozenBody } from "../onnx/frozen-body.ts";
import { looksOf } from "../onnx/looks.ts";
import { indices, makeModel, node, tensor } from "../onnx/make-model.ts";
import { runRows } from "../score/run-rows.ts";
import { scored } from "../score/scored.ts";
import type { Scored, ScoreUnit, Trainer } from "../types.ts";
import { classBalance } from "./class-balance.ts";
import { keptAside } from "./inner-split.ts";
import { looksRows } from "./looks-rows.ts";
import { createSample } from "./sample.ts";
import { softmaxTwice } from "./softmax-twice.ts";
import { requireExamples } from "./too-few.ts";

const PIXELS = PATCH_SIDE * PATCH_SIDE;
const L2 = 1e-3;
/** Boxes a detector is less sure of are those one asks for a suggestion. */
const UNSURE = 0.6;

type Example = Pick<BoxExample, "patch" | "context" | "claimed" | "score" | "truth"> & { aside: boolean };

/** Which class a symbol has, from its looks, its size, what leads into it, its neighbours, and what the detector said. */
export const recommendation: Trainer = {
  name: "recommendation",
  queue: "ml_light",
  job: "says which class a symbol most likely has",
  scoreName: "top-1 accuracy on boxes that were corrected or doubtful",
  input: [null, null],
  output: [null, null],

  async train(dataset, options) {
    const { maxExamples = 6_000, rounds = 16 } = options.settings ?? {};
    const sample = createSample<Example>(maxExamples, options.seed);
    let seen = 0;
    for await (const record of dataset.records()) {
      options.signal.throwIfAborted();
      const aside = keptAside(record.uid, options.seed);
      for (const { patch, context, claimed, score, truth } of record.boxes) {
        seen++;
        sample.add({ patch, context, claimed, score, truth, aside }, claimed !== truth);
      }
    }
    requireExamples("recommendation", seen);
    const examples = sample.items();
    const names = [...new Set(examples.map(({ truth }) => truth ?? NO_SYMBOL))].sort();
    const looks = looksOf(await frozenBody());
    const seenRows = await looksRows(
      looks,
      examples.map(({ patch }) => patch),
      options,
      0.5,
    );
    const random = seeded(derive(options.seed, 1));
    const raw = examples.flatMap((example, i) => {
      const row = (claimed: boolean, graph: boolean) =>
        join(seenRows[i]!, besideLooks(example, names, claimed, graph));
      // A detector is right about nearly everything it is sure of; without hiding its word, nothing else would be learned.
      return [row(true, random() < 0.7), row(false, random() < 0.7)];
    });
    const scaling = measureScaling(raw);
    const rows = standardise(raw, scaling);
    const labels = Uint16Array.from(rows, (_, i) => names.indexOf(examples[i >> 1]!.truth ?? NO_SYMBOL));
    const balance = classBalance(labels, names.length);
    const importance = balance.map((weight, i) => {
      const { claimed, truth } = examples[i >> 1]!;
      return Math.sqrt(weight) * (claimed === truth ? 1 : 3);
    });
    const { trial, model } = await softmaxTwice(
      {
        rows,
        labels,
        importance,
        aside: rows.map((_, i) => (examples[i >> 1]!.aside ? 1 : 0)),
        classes: names.length,
      },
      {
        key: `recommendation 2 ${dataset.digest} ${options.seed} ${maxExamples} ${rounds}`,
        rounds,
        rate: (pass) => 0.01 / (1 + pass / 4),
        l2: L2,
        span: [0.5, 1],
      },
      options,
    );
    const aside = rows.flatMap((_, i) => (examples[i >> 1]!.aside && i % 2 === 1 ? [i] : []));
    const right = aside.filter((i) => {
      const p = probabilities(trial, rows[i]!);
      return p.indexOf(Math.max(...p)) === labels[i];
    });
    const beside = CONTEXT_FEATURES.length + names.length;
    const top = denseNodes("classes", "scaled", "logits", { ...model, outputs: model.classes });
    const onnx = makeModel({
      name: "recommendation",
      input: { name: "row", dims: ["N", PIXELS + beside] },
      output: { name: "probabilities", dims: ["N", names.length] },
      nodes: [
        node("Slice", ["row", "zero", "pixels", "one"], ["flat_patch"]),
        node("Slice", ["row", "pixels", "end", "one"], ["beside"]),
        node("Reshape", ["flat_patch", "patch_shape"], [looks.input]),
        ...looks.nodes,
        node("Concat", [looks.output, "beside"], ["all"], { axis: 1 }),
        ...scaleNodes("all", "scaled"),
        ...top.nodes,
        node("Softmax", ["logits"], ["probabilities"], { axis: 1 }),
      ],
      weights: [
        ...looks.weights,
        ...top.weights,
        ...scaleWeights(scaling),
        indices("zero", [0]),
        indices("pixels", [PIXELS]),
        indices("end", [PIXELS + beside]),
        indices("one", [1]),
        indices("patch_shape", [-1, 1, PATCH_SIDE, PATCH_SIDE]),
      ],
      metadata: { task: "suggest", names: JSON.stringify(names), context: CONTEXT_FEATURES.join(",") },
    });
    return {
      onnx,
      card: {
        learner:
          "softmax regression on the frozen junction network's features, size, neighbours and the detector's word",
        examples: examples.length,
        corrected: examples.filter(({ claimed, truth }) => claimed !== truth).length,
        classes: names,
      },
      metrics: { examples: examples.length, asideLooksAloneAccuracy: right.length / (aside.length || 1) },
    };
  },

  score: (model, holdout) =>
    judge(holdout, async (boxes) => {
      const { names } = model.card;
      const answers = await runRows(
        model,
        boxes.map((box) => suggestionRow(box, names)),
      );
      return answers.map((p) =>
        [...p.keys()]
          .sort((a, b) => p[b]! - p[a]!)
          .slice(0, 3)
          .map((c) => names[c]!),
      );
    }),

  async baseline(holdout) {
    const counts = new Map<string, number>();
    for await (const { boxes } of holdout.records())
      for (const { truth } of boxes)
        counts.set(truth ?? NO_SYMBOL, (counts.get(truth ?? NO_SYMBOL) ?? 0) + 1);
    const most = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    const result = await judge(holdout, async (boxes) =>
      boxes.map(({ claimed }) => [...new Set([...(claimed ? [claimed] : []), ...most])].slice(0, 3)),
    );
    return { name: "the detector's own class, else the most frequent", ...result };
  },
};

/** What is known of a box beside its looks; its claim, and what the graph says, may be hidden. */
function besideLooks(
  example: Example,
  names: readonly string[],
  claimed: boolean,
  graph: boolean,
): Float32Array {
  const row = suggestionRow({ ...example, ...(claimed ? {} : { claimed: null, score: null }) }, names);
  const beside = row.slice(PIXELS);
  if (!graph) {
    const from = CONTEXT_FEATURES.indexOf("graphKnown");
    beside.fill(0, from, CONTEXT_FEATURES.length);
  }
  return beside;
}

function join(a: Float32Array, b: Float32Array): Float32Array {
  const row = new Float32Array(a.length + b.length);
  row.set(a);
  row.set(b, a.length);
  return row;
}

const scaleNodes = (input: string, output: string) => [
  node("Sub", [input, "mean"], ["centred"]),
  node("Mul", ["centred", "factor"], [output]),
];

const scaleWeights = ({ mean, factor }: Scaling) => [
  tensor("mean", [mean.length], mean),
  tensor("factor", [factor.length], factor),
];

/** Scores suggestions (best first) on boxes people corrected or the detector was unsure of. */
async function judge(
  holdout: Dataset,
  suggest: (boxes: BoxExample[]) => Promise<string[][]>,
): Promise<Scored> {
  const units: ScoreUnit[] = [];
  const sums = {
    unsure: 0,
    top3: 0,
    claimed: 0,
    claimedRight: 0,
    all: 0,
    allRight: 0,
    missed: 0,
    missedRight: 0,
  };
  for await (const { uid, boxes } of holdout.records()) {
    const lists = await suggest(boxes);
    const unit = { uid, sum: 0, weight: 0 };
    boxes.forEach(({ claimed, score, truth }, i) => {
      const right = lists[i]![0] === (truth ?? NO_SYMBOL) ? 1 : 0;
      sums.all++;
      sums.allRight += right;
      if (claimed === truth && (score ?? 0) >= UNSURE) return;
      unit.sum += right;
      unit.weight++;
      sums.unsure++;
      sums.top3 += lists[i]!.includes(truth ?? NO_SYMBOL) ? 1 : 0;
      sums[claimed === null ? "missed" : "claimed"]++;
      sums[claimed === null ? "missedRight" : "claimedRight"] += right;
    });
    units.push(unit);
  }
  return scored(units, {
    "top-3 accuracy": sums.top3 / sums.unsure,
    "top-1 of missed": sums.missedRight / sums.missed,
    "top-1 of doubtful claims": sums.claimedRight / sums.claimed,
    "top-1 of all boxes": sums.allRight / sums.all,
    doubtful: sums.unsure,
  });
}
