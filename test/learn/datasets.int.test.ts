import { beforeEach, expect, it } from "vitest";
import { type Bus, reconcileTopology } from "#shared/bus";
import {
  type BuildOptions,
  buildDataset,
  busDatasets,
  freezeDataset,
  listDatasets,
  openFrozenDataset,
  readDataset,
  type SheetRecord,
  TRAINERS,
  validatedDiagrams,
} from "#shared/learn";
import { LEARNED_MODELS } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { type MadeUp, madeUpFiles, someSmall, storeDiagram, storeValidated } from "#test/made-up-diagram";
import { withBus } from "#test/with-bus";

let bus: Bus;
withBus([], (own) => {
  ({ bus } = own);
});
beforeEach(async () => {
  await reconcileTopology(bus, [diagramPipeline]);
  await bus.jsm.streams.purge(diagramPipeline.stream);
});

const made = (uid: string): MadeUp => ({ uid, columns: 6, rows: 4, isSmall: someSmall(uid) });
const build = (minHoldout = 0, passedOver: BuildOptions["passedOver"] = () => {}) =>
  buildDataset(busDatasets(bus), validatedDiagrams(bus), {
    by: "test",
    source: "validated",
    minSheets: 1,
    minHoldout,
    passedOver,
  });
async function recordsOf(name: string): Promise<Map<string, SheetRecord>> {
  const { train, holdout } = await readDataset(busDatasets(bus), name);
  const found = new Map<string, SheetRecord>();
  for (const part of [train, holdout])
    for await (const record of part.records()) found.set(record.uid, record);
  return found;
}

it("reads what people corrected out of the streams: claims kept, renamed, deleted and added, lines taken away", async () => {
  await storeValidated(bus, made("d0"));
  await storeValidated(bus, made("d1"));
  const version = await build(1);
  expect(version.sheets.map(({ uid, split }) => [uid, split])).toEqual([
    ["d0", "train"],
    ["d1", "holdout"],
  ]);
  // Of 23 places the detector claimed a third is small, and it did not see the last.
  expect(version.totals.train).toMatchObject({
    ...{ sheets: 1, boxes: 24, correctedBoxes: 9, junctions: 1, correctedJunctions: 0 },
    ...{ edges: 3, correctedEdges: 1 },
  });
  const { boxes, junctions, edges, cells } = (await recordsOf(version.name)).get("d0")!;
  expect(boxes[0]).toMatchObject({ claimed: "gate_valve", truth: null, score: 0.9 });
  expect(boxes[1]).toMatchObject({ claimed: "gate_valve", truth: "gate_valve" });
  expect(boxes[3]).toMatchObject({ claimed: "gate_valve", truth: "globe_valve" });
  expect(boxes[23]).toMatchObject({ claimed: null, truth: "pump", score: null });
  expect(junctions).toMatchObject([{ claimed: "tee", truth: "tee", arms: 3 }]);
  expect(edges.map(({ right }) => right)).toEqual([true, true, false]);
  const work = (gate: string) =>
    cells.filter((cell) => cell.gate === gate).reduce((sum, { corrections }) => sum + corrections, 0);
  expect([work("annotation"), work("graph")]).toEqual([9, 1]);
});

it("learns nothing from what nobody looked at, and only from what lies behind the gates people approved", async () => {
  await storeValidated(bus, made("d2"));
  await storeValidated(bus, made("d5"), []);
  await storeValidated(bus, made("d4"), ["graph"]);
  const version = await build();
  expect(version.sheets.map(({ uid }) => uid)).toEqual(["d2", "d4"]);
  const record = (await recordsOf(version.name)).get("d4")!;
  expect(record.boxes).toEqual([]);
  expect(record.edges).toHaveLength(3);
});

it("takes the last word about a diagram, and leaves older versions as they were", async () => {
  await storeValidated(bus, made("d6"));
  const before = await build();
  const files = await madeUpFiles(made("d6"));
  // Looked at again: all three lines are right after all.
  await storeDiagram(
    bus,
    "d6",
    "diagram.graph_validated",
    { ...files, "validated_graph.json": files["graph.json"]! },
    { approved: ["annotation", "graph"], generation: 1 },
  );
  const after = await build();
  expect(after.digest).not.toBe(before.digest);
  const wrong = async (name: string) =>
    (await recordsOf(name)).get("d6")!.edges.filter(({ right }) => !right).length;
  expect([await wrong(before.name), await wrong(after.name)]).toEqual([1, 0]);
  expect((await listDatasets(busDatasets(bus))).map(({ name }) => name)).toContain(before.name);
});

it("passes over a diagram whose artifacts are gone or broken, says which and why, and learns from the others", async () => {
  const { "graph.json": _, ...files } = await madeUpFiles(made("d7"));
  await storeDiagram(bus, "d7", "diagram.graph_validated", files, { approved: ["graph"] });
  const broken = { ...files, "graph.json": "{" };
  await storeDiagram(bus, "d18", "diagram.graph_validated", broken, { approved: ["graph"] });
  await storeValidated(bus, made("d19"));
  const passedOver: Record<string, string> = {};
  const version = await build(0, (uid, reason) => {
    passedOver[uid] = reason;
  });
  expect(version.sheets.map(({ uid }) => uid)).toEqual(["d19"]);
  expect(passedOver).toEqual({
    d7: expect.stringContaining("graph.json"),
    d18: expect.stringMatching(/JSON/),
  });
});

it("freezes for a retraining, names the models there is too little for, and opens the same by name", async () => {
  const models = [...LEARNED_MODELS];
  await expect(freezeDataset(bus, { models })).rejects.toMatchObject({
    code: "DATASET_TOO_SMALL",
    message: expect.stringMatching(/^there are 0 validated diagrams/),
  });
  for (let i = 8; i < 18; i++) await storeValidated(bus, made(`d${i}`));
  const { dataset, left } = await freezeDataset(bus, { models });
  expect(dataset.counts).toMatchObject({ "sheets.train": 7, "sheets.holdout": 3, "boxes.train": 7 * 24 });
  expect(left).toEqual({
    classification: expect.stringMatching(/^there are 7 .* and 3 held out; 100 and 20 are needed$/),
  });
  expect((await freezeDataset(bus, { models })).dataset).toEqual(dataset);
  expect(await openFrozenDataset(bus, dataset.version, models)).toEqual({ dataset, left });
  await expect(openFrozenDataset(bus, "d-nowhere", models)).rejects.toMatchObject({
    code: "DATASET_NOT_FOUND",
  });
  // And it is one that can be learned from.
  const { train } = await readDataset(busDatasets(bus), dataset.version);
  const { metrics } = await TRAINERS.regression.train(train, {
    seed: 1,
    signal: new AbortController().signal,
    progress: () => undefined,
    saveCheckpoint: async () => undefined,
    settings: { rounds: 10 },
  });
  expect(metrics.items).toBe(7 * (23 + 1 + 3));
});
