import type { Dataset, JunctionExample } from "../dataset/types.ts";
import { PATCH_SIDE } from "../features/symbol-patch.ts";
import { probabilities, type Softmax } from "../learners/softmax.ts";
import { denseNodes, type FrozenBody, frozenBody } from "../onnx/frozen-body.ts";
import { type Looks, looksOf } from "../onnx/looks.ts";
import { makeModel } from "../onnx/make-model.ts";
import { PATCH_DIMS, patchRow } from "../onnx/patch-tensor.ts";
import { runRows } from "../score/run-rows.ts";
import { scored } from "../score/scored.ts";
import type { Scored, ScoreUnit, Trainer } from "../types.ts";
import { classBalance } from "./class-balance.ts";
import { keptAside } from "./inner-split.ts";
import { looksRows } from "./looks-rows.ts";
import { createSample } from "./sample.ts";
import { softmaxTwice } from "./softmax-twice.ts";
import { requireExamples } from "./too-few.ts";

/** How strongly the head stays what it was where people corrected nothing. */
const L2 = 2e-3;

type Example = Pick<JunctionExample, "patch" | "truth"> & { aside: boolean };

/**
 * What meets at a place on the lines: a new head on the frozen junction network. It sees what the old head saw (its hidden
 * features) and the body beneath, starts as the old head, and is pulled back to it, so that it learns from corrections without
 * forgetting; the junctions people left as they were are its replay.
 */
export const classification: Trainer = {
  name: "classification",
  queue: "ml_heavy",
  job: "tells tees, crosses, bridges and plain crossings apart",
  scoreName: "balanced accuracy over the kinds of junction",
  input: [null, 1, PATCH_SIDE, PATCH_SIDE],
  output: [null, 6],

  async train(dataset, options) {
    const { maxExamples = 8_000, rounds = 20 } = options.settings ?? {};
    const body = await frozenBody();
    const sample = createSample<Example>(maxExamples, options.seed);
    let seen = 0;
    for await (const record of dataset.records()) {
      options.signal.throwIfAborted();
      const aside = keptAside(record.uid, options.seed);
      for (const { patch, truth, claimed } of record.junctions) {
        if (!body.names.includes(truth)) continue;
        seen++;
        sample.add({ patch, truth, aside }, claimed !== truth);
      }
    }
    requireExamples("classification", seen);
    const examples = sample.items();
    const patches = examples.map(({ patch }) => patch);
    const looks = looksOf(body);
    const features = await looksRows(looks, patches, options, 0.6);
    const labels = Uint8Array.from(examples, ({ truth }) => body.names.indexOf(truth));
    const importance = classBalance(labels, body.names.length);
    const prior = shippedHead(body, looks.length);
    const { trial, model } = await softmaxTwice(
      {
        rows: features,
        labels,
        importance,
        aside: examples.map(({ aside }) => (aside ? 1 : 0)),
        classes: body.names.length,
      },
      {
        key: `classification 2 ${dataset.digest} ${options.seed} ${maxExamples} ${rounds}`,
        rounds,
        rate: () => 5e-4,
        l2: L2,
        prior,
        span: [0.6, 1],
      },
      options,
    );
    const right = (head: Softmax, i: number) => {
      const p = probabilities(head, features[i]!);
      return p.indexOf(Math.max(...p)) === labels[i] ? 1 : 0;
    };
    const aside = examples.flatMap((example, i) => (example.aside ? [i] : []));
    const balanced = (head: Softmax) => balancedAccuracy(aside.map((i) => [labels[i]!, right(head, i)]));
    return {
      onnx: joinHead(looks, model, body.names),
      card: {
        learner: "softmax regression on the frozen junction network, pulled towards its shipped head",
        examples: examples.length,
        classes: body.names,
        perClass: Object.fromEntries(
          body.names.map((name) => [name, examples.filter(({ truth }) => truth === name).length]),
        ),
      },
      metrics: {
        examples: examples.length,
        asideBalancedAccuracy: balanced(trial),
        asideBalancedAccuracyBefore: balanced(prior),
      },
    };
  },

  score: (model, holdout) =>
    judge(holdout, async (examples) => {
      const rows = examples.map(({ patch }) => patchRow(patch));
      const answers = await runRows(model, rows, PATCH_DIMS);
      return answers.map((logits) => model.card.names[logits.indexOf(Math.max(...logits))] ?? "");
    }),

  async baseline(holdout) {
    const counts = new Map<string, number>();
    for await (const { junctions } of holdout.records())
      for (const { truth } of junctions) counts.set(truth, (counts.get(truth) ?? 0) + 1);
    const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ["tee"];
    const result = await judge(holdout, async (examples) => examples.map(() => most));
    return { name: `always "${most}", the most frequent kind`, ...result };
  },
};

/** The shipped head as a classifier on looks: it only heeds the hidden features, which come first. */
function shippedHead({ head: [, last] }: FrozenBody, inputs: number): Softmax {
  const weights = new Float32Array(last.outputs * inputs);
  for (let c = 0; c < last.outputs; c++)
    weights.set(last.weights.subarray(c * last.inputs, (c + 1) * last.inputs), c * inputs);
  return { classes: last.outputs, inputs, weights, bias: last.bias };
}

/** The frozen body with the new head: takes and gives what `junction.onnx` does. */
function joinHead(looks: Looks, model: Softmax, names: readonly string[]): Uint8Array {
  const top = denseNodes("head", looks.output, "logits", { ...model, outputs: model.classes });
  return makeModel({
    name: "classification",
    input: { name: looks.input, dims: ["N", ...PATCH_DIMS] },
    output: { name: "logits", dims: ["N", model.classes] },
    nodes: [...looks.nodes, ...top.nodes],
    weights: [...looks.weights, ...top.weights],
    metadata: {
      task: "classify",
      names: JSON.stringify(names),
      imgsz: `[${PATCH_SIDE}, ${PATCH_SIDE}]`,
      line_widths: "12",
    },
  });
}

/** Mean over classes of the share that is right. */
function balancedAccuracy(pairs: readonly [number, number][]): number {
  const classes = [...new Set(pairs.map(([label]) => label))];
  const shares = classes.map((label) => {
    const of = pairs.filter(([each]) => each === label);
    return of.reduce((sum, [, right]) => sum + right, 0) / of.length;
  });
  return shares.reduce((a, b) => a + b, 0) / (shares.length || 1);
}

async function judge(
  holdout: Dataset,
  name: (examples: JunctionExample[]) => Promise<string[]>,
): Promise<Scored> {
  const sheets: { uid: string; truths: string[]; said: string[]; claimed: string[] }[] = [];
  for await (const { uid, junctions } of holdout.records())
    sheets.push({
      uid,
      truths: junctions.map(({ truth }) => truth),
      claimed: junctions.map(({ claimed }) => claimed),
      said: await name(junctions),
    });
  const counts = new Map<string, number>();
  for (const { truths } of sheets)
    for (const truth of truths) counts.set(truth, (counts.get(truth) ?? 0) + 1);
  const metrics: Record<string, number> = {};
  for (const [truth, count] of counts) {
    const right = sheets.flatMap(({ truths, said }) => truths.filter((t, i) => t === truth && said[i] === t));
    metrics[`recall ${truth}`] = right.length / count;
  }
  const all = sheets.reduce((sum, { truths }) => sum + truths.length, 0);
  const correct = sheets.reduce(
    (sum, { truths, said }) => sum + truths.filter((t, i) => said[i] === t).length,
    0,
  );
  metrics.accuracy = correct / (all || 1);
  const units = sheets.map(({ uid, truths, said }): ScoreUnit => {
    const unit = { uid, sum: 0, weight: 0 };
    truths.forEach((truth, i) => {
      const weight = 1 / (counts.get(truth)! * counts.size);
      unit.weight += weight;
      if (said[i] === truth) unit.sum += weight;
    });
    return unit;
  });
  return scored(units, metrics);
}
