import { beforeAll, expect, it } from "vitest";
import { modelCard, readOnnxFile } from "#shared/inference";
import { type OpenedBytes, openBytes } from "../onnx/run-model.ts";
import { madeUpDataset } from "../test-support/made-up.ts";
import { TRAINERS } from "../trainers/trainers.ts";
import { expectedCorrections } from "./expected-corrections.ts";
import { boxCertainties, leastCertainty } from "./least-certainty.ts";
import { suggest } from "./suggest.ts";

type Opened = OpenedBytes & { card: ReturnType<typeof modelCard> };
const models: Record<string, Opened> = {};

beforeAll(async () => {
  for (const name of ["regression", "ranking", "recommendation", "clustering"] as const) {
    const { onnx } = await TRAINERS[name].train(madeUpDataset(16, 1), {
      seed: 1,
      signal: new AbortController().signal,
      progress: () => undefined,
      saveCheckpoint: async () => undefined,
      settings: { maxExamples: 200, rounds: 4 },
    });
    models[name] = { ...(await openBytes(onnx)), card: modelCard(readOnnxFile(onnx).metadata) };
  }
}, 120_000);

/** White, with two dark frames where the boxes are. */
const side = 400;
const sheet = { width: side, height: side, data: new Uint8Array(side * side).fill(255) };
for (const left of [40, 240])
  for (let k = 0; k < 60; k++)
    for (let w = 0; w < 3; w++)
      for (const [x, y] of [
        [left + k, 100 + w],
        [left + k, 157 + w],
        [left + w, 100 + k],
        [left + 57 + w, 100 + k],
      ] as const)
        sheet.data[y * side + x] = 0;

const detections = {
  images: [{ id: 1, file_name: "sheet.png", width: side, height: side }],
  categories: [
    { id: 0, name: "frame" },
    { id: 1, name: "disc" },
  ],
  annotations: [
    {
      id: 11,
      image_id: 1,
      category_id: 0,
      bbox: [40, 100, 60, 60] as [number, number, number, number],
      score: 0.99,
    },
    {
      id: 12,
      image_id: 1,
      category_id: 1,
      bbox: [240, 100, 60, 60] as [number, number, number, number],
      score: 0.2,
    },
  ],
};

it("gives every box a probability, and takes the least of them", async () => {
  const certainties = await boxCertainties(models.regression!, sheet, detections);
  expect(certainties).toHaveLength(2);
  for (const p of certainties) expect(p > 0 && p < 1).toBe(true);
  expect(leastCertainty(certainties)).toBe(Math.min(...certainties));
  expect(leastCertainty([])).toBe(0);
});

it("expects corrections on a sheet", async () => {
  const need = await expectedCorrections(models.ranking!, { sheet, detections });
  expect(need).toBeGreaterThan(0);
  expect(Number.isFinite(need)).toBe(true);
});

it("suggests classes for doubtful boxes only, likeliest first", async () => {
  const suggestions = await suggest(
    { sheet, boxes: detections },
    { recommendation: models.recommendation!, clustering: null, regression: null },
  );
  expect(suggestions.map(({ id }) => id)).toEqual([12]);
  const [{ classes, family }] = suggestions as [(typeof suggestions)[0]];
  expect(classes).toHaveLength(5);
  const scores = classes.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(family).toBeNull();
});

it("names the family a doubtful box looks like, and how far off it is", async () => {
  const [suggestion] = await suggest(
    { sheet, boxes: detections },
    { recommendation: null, clustering: models.clustering!, regression: null },
  );
  const { classes, family } = suggestion!;
  expect(classes).toEqual([]);
  expect(family!.name).toBe(models.clustering!.card.names[family!.index]);
  expect(family!.name).toMatch(/^family \d+: \d+, like /);
  expect(family!.distance).toBeGreaterThan(0);
});

it("asks about what is probably wrong where a model says so, whatever the detector's score", async () => {
  const rated = { run: async () => ({ data: Float32Array.of(0.2, 0.95), dims: [2, 1] }) };
  const suggestions = await suggest(
    { sheet, boxes: detections },
    { recommendation: null, clustering: null, regression: rated },
  );
  expect(suggestions.map(({ id, right }) => [id, right?.toFixed(2)])).toEqual([[11, "0.20"]]);
});
