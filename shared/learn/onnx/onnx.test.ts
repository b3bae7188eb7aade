import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { binRows, growTree, marginOf, startBoosted } from "../learners/boost.ts";
import { seeded } from "../learners/random.ts";
import { probabilities } from "../learners/softmax.ts";
import { madeUpSheet } from "../test-support/made-up.ts";
import { denseNodes, frozenBody } from "./frozen-body.ts";
import { looksOf } from "./looks.ts";
import { makeModel, node, tensor } from "./make-model.ts";
import { patchRow } from "./patch-tensor.ts";
import { openBytes } from "./run-model.ts";
import { decodeModel, encodeModel } from "./schema.ts";
import { treeNode } from "./tree-nodes.ts";

const random = seeded(5);
const rows = Array.from({ length: 40 }, () => Float32Array.from({ length: 6 }, () => random() * 4 - 2));
const batch = (list: readonly Float32Array[]) => ({
  data: Float32Array.from(list.flatMap((row) => [...row])),
  dims: [list.length, list[0]!.length],
});

it("gives the same margins from trees in ONNX as from the trees themselves", async () => {
  const targets = Float32Array.from(rows, (row) => (row[0]! > 0.3 && row[3]! < 1 ? 1 : 0));
  const ones = new Float32Array(rows.length).fill(1);
  const model = startBoosted("logistic", targets, ones);
  const margins = new Float32Array(rows.length).fill(model.base);
  const data = binRows(rows);
  for (let t = 0; t < 20; t++) growTree(model, data, targets, ones, margins, seeded(t));
  await using opened = await openBytes(
    makeModel({
      name: "trees",
      input: { name: "x", dims: ["N", 6] },
      output: { name: "y", dims: ["N", 1] },
      nodes: [treeNode(model, "x", "y")],
      weights: [],
      metadata: {},
    }),
  );
  const { data: answers, dims } = await opened.run(batch(rows));
  expect(dims).toEqual([40, 1]);
  rows.forEach((row, i) => {
    expect(answers[i]).toBeCloseTo(marginOf(model, row), 4);
    expect(margins[i]).toBeCloseTo(marginOf(model, row), 4);
  });
  expect(margins[targets.indexOf(1)]).toBeGreaterThan(margins[targets.indexOf(0)]!);
});

it("gives the same probabilities from a linear classifier in ONNX as from its weights", async () => {
  const model = {
    classes: 3,
    inputs: 6,
    weights: Float32Array.from({ length: 18 }, () => random() - 0.5),
    bias: Float32Array.of(0.1, -0.2, 0.3),
  };
  const layer = denseNodes("layer", "x", "logits", { ...model, outputs: 3 });
  await using opened = await openBytes(
    makeModel({
      name: "linear",
      input: { name: "x", dims: ["N", 6] },
      output: { name: "y", dims: ["N", 3] },
      nodes: [...layer.nodes, node("Softmax", ["logits"], ["y"], { axis: 1 })],
      weights: layer.weights,
      metadata: {},
    }),
  );
  const { data } = await opened.run(batch(rows));
  rows.forEach((row, i) => {
    probabilities(model, row).forEach((p, c) => {
      expect(data[i * 3 + c]).toBeCloseTo(p, 4);
    });
  });
});

it("reads and writes the shipped network without changing what it answers", async () => {
  const bytes = await readFile("models/junction.onnx");
  const again = encodeModel(decodeModel(bytes));
  const patch = patchRow(madeUpSheet("a", 1).junctions[0]!.patch);
  const input = { data: patch, dims: [1, 1, 48, 48] };
  await using one = await openBytes(bytes);
  await using two = await openBytes(again);
  expect([...(await two.run(input)).data]).toEqual([...(await one.run(input)).data]);
});

it("cuts the network so that its old head on the hidden features gives the old answers", async () => {
  const body = await frozenBody();
  const looks = looksOf(body);
  await using cut = await openBytes(
    makeModel({
      name: "looks",
      input: { name: looks.input, dims: ["N", 1, 48, 48] },
      output: { name: looks.output, dims: ["N", looks.length] },
      nodes: looks.nodes,
      weights: looks.weights,
      metadata: {},
    }),
  );
  await using whole = await openBytes(await readFile("models/junction.onnx"));
  const input = { data: patchRow(madeUpSheet("a", 2).junctions[0]!.patch), dims: [1, 1, 48, 48] };
  const { data: features } = await cut.run(input);
  const { data: logits } = await whole.run(input);
  expect(features.length).toBe(looks.length);
  const [, last] = body.head;
  for (let c = 0; c < last.outputs; c++) {
    let sum = last.bias[c]!;
    for (let f = 0; f < last.inputs; f++) sum += last.weights[c * last.inputs + f]! * features[f]!;
    expect(sum).toBeCloseTo(logits[c]!, 3);
  }
});

it("refuses weights that are no numbers", () => {
  expect(() => tensor("w", [2], [1, Number.NaN])).toThrow(expect.objectContaining({ code: "NOT_FINITE" }));
  expect(() => tensor("w", [3], [1, 2])).toThrow(RangeError);
});
