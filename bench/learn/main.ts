import { parseArgs } from "node:util";
import { modelCard, openModel, readOnnxFile } from "#shared/inference";
import {
  compareScores,
  type Dataset,
  folderDatasets,
  readDataset,
  type Scored,
  type SheetRecord,
  TRAINERS,
  type Trainer,
} from "#shared/learn";

// What learning from corrections brings: every model on the same hold-out, without a model (baseline), from the first few
// sheets, after 200 more corrections, and from everything.
// npx tsx bench/learn/main.ts --datasets DIR [--dataset NAME] [--models regression,ranking] [--seed 1]

const { values } = parseArgs({
  options: {
    datasets: { type: "string" },
    dataset: { type: "string", default: "latest" },
    models: { type: "string", default: Object.keys(TRAINERS).join(",") },
    seed: { type: "string", default: "1" },
    first: { type: "string", default: "8" },
  },
});
if (!values.datasets)
  throw new Error("--datasets DIR is needed: penstock dataset build --generated N --folder DIR");

/** Corrections of one sheet that a model learns from. */
const CORRECTIONS: Record<string, (record: SheetRecord) => number> = {
  classification: ({ junctions }) => junctions.filter(({ claimed, truth }) => claimed !== truth).length,
  regression: ({ boxes, junctions, edges }) =>
    boxes.filter(({ claimed, truth }) => claimed && claimed !== truth).length +
    junctions.filter(({ claimed, truth }) => claimed !== truth).length +
    edges.filter(({ right }) => !right).length,
  ranking: ({ cells }) => cells.reduce((sum, { corrections }) => sum + corrections, 0),
  recommendation: ({ boxes }) => boxes.filter(({ claimed, truth }) => claimed !== truth).length,
  clustering: ({ boxes }) => boxes.filter(({ claimed, truth }) => claimed !== truth).length,
};

/** The first sheets of a dataset. */
function firstOf(dataset: Dataset, sheets: number): Dataset {
  return {
    ...dataset,
    digest: `${dataset.digest} first ${sheets}`,
    sheets,
    async *records() {
      let left = sheets;
      for await (const record of dataset.records()) {
        if (left-- <= 0) return;
        yield record;
      }
    },
  };
}

async function trainAndScore(trainer: Trainer, train: Dataset, holdout: Dataset): Promise<Scored> {
  const { onnx } = await trainer.train(train, {
    seed: Number(values.seed),
    signal: new AbortController().signal,
    progress: () => undefined,
    saveCheckpoint: async () => undefined,
  });
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];
  return trainer.score(
    {
      card: modelCard(readOnnxFile(onnx).metadata),
      async run({ data, dims }) {
        const result = (await session.run({ [input]: new Tensor("float32", data, dims) }))[output]!;
        return { data: result.data as Float32Array, dims: result.dims };
      },
    },
    holdout,
  );
}

const shown = ({ score, se }: Scored) => `${score.toFixed(3)} ± ${se.toFixed(3)}`;
const { train, holdout, version } = await readDataset(folderDatasets(values.datasets), values.dataset);
console.log(`${version.name}: ${train.sheets} sheets to learn from, ${holdout.sheets} held out`);
console.log("model | score | baseline | before | after 200 corrections | everything | gain of the 200 ± se");
for (const name of values.models.split(",")) {
  const trainer = TRAINERS[name as keyof typeof TRAINERS];
  const counts: number[] = [];
  for await (const record of train.records()) counts.push(CORRECTIONS[name]!(record));
  const first = Number(values.first);
  let [after, corrected] = [first, 0];
  while (after < counts.length && corrected < 200) corrected += counts[after++]!;
  const baseline = await trainer.baseline(holdout);
  const fewest = firstOf(train, first);
  // The junction network is shipped: it is what corrections start from.
  const before =
    name === "classification"
      ? await trainer.score(
          await openModel({
            path: "models/junction.onnx",
            input: trainer.input,
            output: trainer.output,
            threads: 1,
          }),
          holdout,
        )
      : await trainAndScore(trainer, fewest, holdout).catch((error: Error) => error);
  const learned = await trainAndScore(trainer, firstOf(train, after), holdout);
  const everything = await trainAndScore(trainer, train, holdout);
  const gain = before instanceof Error ? null : compareScores(learned, before);
  console.log(
    [
      name,
      trainer.scoreName,
      `${shown(baseline)} (${baseline.name})`,
      before instanceof Error ? before.message : shown(before),
      `${shown(learned)} (${corrected} corrections on ${after - first} sheets)`,
      `${shown(everything)}`,
      gain ? `${gain.difference.toFixed(3)} ± ${gain.se.toFixed(3)}` : "",
    ].join(" | "),
  );
  console.log(
    JSON.stringify({
      name,
      baseline: baseline.metrics,
      learned: learned.metrics,
      everything: everything.metrics,
    }),
  );
}
