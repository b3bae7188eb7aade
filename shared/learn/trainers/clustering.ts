import { PermanentError } from "#shared/errors";
import type { BoxExample, Dataset } from "../dataset/types.ts";
import { isUnnamed } from "../dataset/unnamed.ts";
import { PATCH_SIDE } from "../features/symbol-patch.ts";
import { discriminant, type Projection, project } from "../learners/discriminant.ts";
import { kMeans, squaredDistance } from "../learners/k-means.ts";
import { learnRounds } from "../learners/learn-rounds.ts";
import { fineGroups, mergeGroups } from "../learners/merge-groups.ts";
import { derive } from "../learners/random.ts";
import { type Dense, denseNodes, frozenBody } from "../onnx/frozen-body.ts";
import { type Looks, looksOf } from "../onnx/looks.ts";
import { indices, makeModel, node, tensor } from "../onnx/make-model.ts";
import { PATCH_DIMS, patchRow } from "../onnx/patch-tensor.ts";
import { clusterScores } from "../score/cluster-measures.ts";
import { runRows } from "../score/run-rows.ts";
import { scored } from "../score/scored.ts";
import type { Scored, Trainer } from "../types.ts";
import { looksRows } from "./looks-rows.ts";
import { createSample, type Sample } from "./sample.ts";
import { requireExamples } from "./too-few.ts";

/** Directions of the embedding. */
const DIMENSIONS = 24;
/** Most boxes of one class, so that the common ones do not drown the others. */
const PER_CLASS = 80;
/** How far apart families may lie, in spreads within a class: what is tried. */
const APART = Array.from({ length: 24 }, (_, i) => 1 + i * 0.5);

interface State {
  /** B-cubed F1 of each distance on classes the trial embedding never saw. */
  values: number[];
}

/**
 * Families of symbols nobody has named: an embedding that tells known classes apart, and groups in it. How fine families are is
 * learned too: the distance that best brings back named classes an embedding of the others has not seen.
 */
export const clustering: Trainer = {
  name: "clustering",
  queue: "ml_light",
  job: "groups symbols nobody has named yet",
  scoreName: "B-cubed F1 of families against classes the embedding never saw",
  input: [null, 1, PATCH_SIDE, PATCH_SIDE],
  output: [null, null],

  async train(dataset, options) {
    const { maxExamples = 5_000, rounds = 3 } = options.settings ?? {};
    const named = createClassSample(maxExamples, options.seed);
    const unnamed = createClassSample(maxExamples / 2, options.seed + 1);
    let seen = 0;
    for await (const { boxes } of dataset.records()) {
      options.signal.throwIfAborted();
      for (const { patch, truth, known, claimed } of boxes) {
        if (truth === null) continue;
        seen++;
        (isUnnamed({ truth, known }) ? unnamed : named).add({ patch, truth }, claimed !== truth);
      }
    }
    requireExamples("clustering", seen);
    const [known, unknown] = [named.items(), unnamed.items()];
    requireUnnamed(unknown.length, known.length);
    const looks = looksOf(await frozenBody());
    const patches = [...known, ...unknown].map(({ patch }) => patch);
    const rows = await looksRows(looks, patches, options, 0.6);
    const classes = [...new Set(known.map(({ truth }) => truth))].sort();
    const labels = known.map(({ truth }) => classes.indexOf(truth));

    // Every third named class is kept from the trial embedding, as the unnamed ones are from the final one.
    const unseen = labels.map((label) => label % 3 === 1);
    const pick = <T>(list: readonly T[], want: boolean) => list.filter((_, i) => unseen[i] === want);
    const seenRows = rows.slice(0, known.length);
    const trial = discriminant(pick(seenRows, false), pick(labels, false), DIMENSIONS);
    const trialPoints = pick(seenRows, true).map((row) => project(trial, row));
    const trialClasses = pick(labels, true).map(String);
    const seeds = Array.from({ length: rounds }, (_, i) => derive(options.seed, i));
    const trialGroups = fineGroups(trialPoints, seeds);
    const { values } = await learnRounds<State>(options, {
      key: `clustering 2 ${dataset.digest} ${options.seed} ${maxExamples} ${rounds}`,
      rounds: APART.length,
      start: () => ({ values: [] }),
      step(state, round) {
        const { groups } = mergeGroups(trialGroups, APART[round]!);
        const { bcubed } = clusterScores(Array.from(groups), trialClasses);
        state.values.push(bcubed.reduce((a, b) => a + b, 0) / bcubed.length);
      },
      span: [0.6, 1],
      note: (round) => `families ${APART[round]} apart`,
    });
    const apart = APART[values.indexOf(Math.max(...values))]!;
    const projection = discriminant(seenRows, labels, DIMENSIONS);
    const points = rows.slice(known.length).map((row) => project(projection, row));
    const { centres, groups } = mergeGroups(fineGroups(points, seeds), apart);
    const middles = classes.map((_, c) => middleOf(rows, labels, c, projection));
    const families = centres.map((centre, c) => ({
      size: groups.filter((group) => group === c).length,
      like: classes[nearest(middles, centre)]!,
    }));
    const grouped = clusterScores(
      Array.from(groups),
      unknown.map(({ truth }) => truth),
    );
    return {
      onnx: exportFamilies(looks, projection, centres, families),
      card: {
        learner: `linear discriminant embedding (${projection.rows.length} dimensions), k-means, merged`,
        apart,
        named: known.length,
        unnamed: unknown.length,
        classes: classes.length,
        families,
      },
      metrics: {
        families: centres.length,
        unnamed: unknown.length,
        apart,
        adjustedRand: grouped.adjustedRand,
        mutualInformation: grouped.mutualInformation,
      },
    };
  },

  score: (model, holdout) =>
    judge(holdout, async (boxes) => {
      const rows = boxes.map(({ patch }) => patchRow(patch));
      const answers = await runRows(model, rows, PATCH_DIMS);
      return answers.map((distances) => distances.indexOf(Math.min(...distances)));
    }),

  async baseline(holdout) {
    const result = await judge(holdout, async (boxes) => {
      const points = boxes.map(({ patch }) => shrink(patch));
      return points.length
        ? Array.from(kMeans(points, Math.ceil(Math.sqrt(points.length / 2)), 1).groups)
        : [];
    });
    return { name: "k-means on the pixels, as many families as the root of half the items", ...result };
  },
};

/** A bounded sample with at most so many boxes of each class. */
function createClassSample(limit: number, seed: number) {
  const classes = new Map<string, Sample<{ patch: Uint8Array; truth: string }>>();
  return {
    add(box: { patch: Uint8Array; truth: string }, corrected: boolean) {
      const sample = classes.get(box.truth) ?? createSample(PER_CLASS, seed);
      classes.set(box.truth, sample);
      sample.add(box, corrected);
    },
    items() {
      const names = [...classes.keys()].sort();
      const each = Math.max(5, Math.floor(limit / (names.length || 1)));
      return names.flatMap((name) => classes.get(name)!.items().slice(0, each));
    },
  };
}

function requireUnnamed(unnamed: number, named: number): void {
  if (unnamed < 12 || named < 40)
    throw new PermanentError(
      "TOO_FEW_EXAMPLES",
      `clustering has ${unnamed} boxes of unnamed classes and ${named} of named ones; 12 and 40 are needed`,
    );
}

/** Middle of a known class in the embedding. */
function middleOf(
  rows: readonly Float32Array[],
  labels: readonly number[],
  c: number,
  projection: Projection,
) {
  const members = labels.flatMap((label, i) => (label === c ? [project(projection, rows[i]!)] : []));
  const middle = new Float32Array(projection.rows.length);
  for (const member of members)
    for (let d = 0; d < middle.length; d++) middle[d]! += member[d]! / members.length;
  return middle;
}

const nearest = (middles: readonly Float32Array[], centre: Float32Array): number => {
  const distances = middles.map((middle) => squaredDistance(middle, centre));
  return distances.indexOf(Math.min(...distances));
};

/** Patch in, distance to the centre of every family out. */
function exportFamilies(
  looks: Looks,
  { mean, rows }: Projection,
  centres: readonly Float32Array[],
  families: readonly { size: number; like: string }[],
): Uint8Array {
  const dimensions = rows.length;
  const embed = denseNodes("embed", "centred", "embedding", dense(rows, new Float32Array(dimensions)));
  // |e - c|² = |e|² - 2 e·c + |c|²
  const cross = denseNodes(
    "families",
    "embedding",
    "cross",
    dense(
      centres.map((centre) => centre.map((value) => -2 * value)),
      Float32Array.from(centres, (centre) => centre.reduce((sum, value) => sum + value * value, 0)),
    ),
  );
  return makeModel({
    name: "clustering",
    input: { name: looks.input, dims: ["N", ...PATCH_DIMS] },
    output: { name: "distances", dims: ["N", centres.length] },
    nodes: [
      ...looks.nodes,
      node("Sub", [looks.output, "mean"], ["centred"]),
      ...embed.nodes,
      node("Mul", ["embedding", "embedding"], ["squares"]),
      node("ReduceSum", ["squares", "last"], ["length"], { keepdims: 1 }),
      ...cross.nodes,
      node("Add", ["cross", "length"], ["raw"]),
      node("Relu", ["raw"], ["squared"]),
      node("Sqrt", ["squared"], ["distances"]),
    ],
    weights: [
      ...looks.weights,
      tensor("mean", [mean.length], mean),
      ...embed.weights,
      ...cross.weights,
      indices("last", [1]),
    ],
    metadata: {
      task: "group",
      names: JSON.stringify(families.map(({ size, like }, i) => `family ${i + 1}: ${size}, like ${like}`)),
    },
  });
}

function dense(rows: readonly Float32Array[], bias: Float32Array): Dense {
  const inputs = rows[0]!.length;
  const weights = new Float32Array(rows.length * inputs);
  rows.forEach((row, i) => {
    weights.set(row, i * inputs);
  });
  return { inputs, outputs: rows.length, weights, bias };
}

/** A patch at a quarter of its size: what one has without a network. */
function shrink(patch: Uint8Array): Float32Array {
  const side = PATCH_SIDE / 4;
  const small = new Float32Array(side * side);
  for (let y = 0; y < PATCH_SIDE; y++)
    for (let x = 0; x < PATCH_SIDE; x++)
      small[(y >> 2) * side + (x >> 2)]! += patch[y * PATCH_SIDE + x]! / (16 * 255);
  return small;
}

/** Scores families of the unnamed boxes of the hold-out against their true classes. */
async function judge(holdout: Dataset, group: (boxes: BoxExample[]) => Promise<number[]>): Promise<Scored> {
  const boxes: BoxExample[] = [];
  const uids: string[] = [];
  for await (const record of holdout.records())
    for (const box of record.boxes.filter(isUnnamed)) {
      boxes.push(box);
      uids.push(record.uid);
    }
  const { bcubed, adjustedRand, mutualInformation } = clusterScores(
    await group(boxes),
    boxes.map(({ truth }) => truth!),
  );
  const units = new Map<string, { uid: string; sum: number; weight: number }>();
  bcubed.forEach((value, i) => {
    const uid = uids[i]!;
    const unit = units.get(uid) ?? { uid, sum: 0, weight: 0 };
    unit.sum += value;
    unit.weight++;
    units.set(uid, unit);
  });
  return scored([...units.values()], { adjustedRand, mutualInformation, items: boxes.length });
}
