import { parseArgs } from "node:util";
import { folderDatasets, readDataset, type SheetRecord, TRAINERS } from "#shared/learn";
import { openBytes } from "../../shared/learn/onnx/run-model.ts";
import { ndcg, spearman } from "../../shared/learn/score/measures.ts";
import { runRows } from "../../shared/learn/score/run-rows.ts";

// Which order of whole diagrams fits what they needed: every sheet of a dataset rated by models of the other folds, because the
// few of the hold-out say little about an order.
// npx tsx bench/learn/order.ts --datasets DIR [--dataset NAME] [--folds 4]

const { values } = parseArgs({
  options: {
    datasets: { type: "string" },
    dataset: { type: "string", default: "latest" },
    folds: { type: "string", default: "4" },
  },
});
if (!values.datasets)
  throw new Error("--datasets DIR is needed: penstock dataset build --generated N --folder DIR");
const { train, holdout, version } = await readDataset(folderDatasets(values.datasets), values.dataset);
const folds = Number(values.folds);
const options = {
  seed: 1,
  signal: new AbortController().signal,
  progress: () => undefined,
  saveCheckpoint: async () => undefined,
};

/** All sheets with the number of their fold. */
async function* all(): AsyncGenerator<[SheetRecord, number]> {
  let i = 0;
  for (const part of [train, holdout]) for await (const record of part.records()) yield [record, i++ % folds];
}

const RATES = ["least certain first", "ranking", "regression", "the larger of both"] as const;
const GATES = ["annotation", "graph"] as const;
const said = GATES.map(() => RATES.map((): number[] => []));
const came = GATES.map((): number[] => []);

for (let fold = 0; fold < folds; fold++) {
  const others = {
    ...{ name: `${version.name} without ${fold}`, digest: `${version.digest} ${fold}`, sheets: 0 },
    async *records() {
      for await (const [record, of] of all()) if (of !== fold) yield record;
    },
  };
  await using ranking = await openBytes((await TRAINERS.ranking.train(others, options)).onnx);
  await using regression = await openBytes((await TRAINERS.regression.train(others, options)).onnx);
  const rated = async (model: typeof ranking, rows: Float32Array[]) =>
    (await runRows(model, rows)).map((answer) => answer[0]!);
  for await (const [record, of] of all()) {
    if (of !== fold) continue;
    const claims = record.boxes.filter(({ claimed }) => claimed !== null);
    for (const [g, gate] of GATES.entries()) {
      const cells = record.cells.filter((cell) => cell.gate === gate);
      const items = gate === "annotation" ? claims : [...record.junctions, ...record.edges];
      const scores = [...claims, ...(gate === "graph" ? record.junctions : [])].map(({ score }) => score!);
      const expected = sum(
        await rated(
          ranking,
          cells.map(({ features }) => features),
        ),
      );
      const wrong = sum(
        (
          await rated(
            regression,
            items.map(({ features }) => features),
          )
        ).map((p) => 1 - p),
      );
      const rates = [1 - Math.min(1, ...scores), expected, wrong, Math.max(expected, wrong)];
      rates.forEach((rate, r) => {
        said[g]![r]!.push(rate);
      });
      came[g]!.push(sum(cells.map(({ corrections }) => corrections)));
    }
  }
}

console.log(
  `${version.name}: ${came[0]!.length} sheets, each rated by models of the other ${folds - 1} of ${folds} folds`,
);
console.log("gate | by | Spearman | NDCG");
for (const [g, gate] of GATES.entries())
  for (const [r, rate] of RATES.entries()) {
    const [by, work] = [said[g]![r]!, came[g]!];
    console.log(`${gate} | ${rate} | ${spearman(by, work).toFixed(2)} | ${ndcg(by, work).toFixed(2)}`);
  }

function sum(list: readonly number[]): number {
  return list.reduce((a, b) => a + b, 0);
}
