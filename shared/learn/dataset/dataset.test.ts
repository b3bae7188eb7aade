import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { madeUpSheet } from "../test-support/made-up.ts";
import { buildDataset, type DatasetSource } from "./build-dataset.ts";
import { exportDataset } from "./export-dataset.ts";
import { listDatasets } from "./list-datasets.ts";
import { readDataset } from "./read-dataset.ts";
import { splitOf } from "./split.ts";
import { folderDatasets } from "./store.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "datasets-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const small = { boxes: 3, junctions: 2 };
let described: string[] = [];
const sources = (count: number, state = "1"): DatasetSource[] =>
  Array.from({ length: count }, (_, i) => ({
    uid: `u${i}`,
    state,
    async describe() {
      described.push(`u${i}`);
      return madeUpSheet(`u${i}`, i, small);
    },
  }));
const options = { by: "test", source: "validated" as const };

it("freezes every diagram once, and gives back what was frozen, split by uid", async () => {
  const store = folderDatasets(folder);
  const version = await buildDataset(store, sources(24), options);
  const { train, holdout } = await readDataset(store, version.name);
  const uids: string[] = [];
  for await (const record of train.records()) {
    expect(splitOf(record.uid)).toBe("train");
    expect(record).toEqual(madeUpSheet(record.uid, Number(record.uid.slice(1)), small));
    uids.push(record.uid);
  }
  for await (const record of holdout.records()) {
    expect(splitOf(record.uid)).toBe("holdout");
    uids.push(record.uid);
  }
  expect(uids.sort()).toEqual(
    sources(24)
      .map(({ uid }) => uid)
      .sort(),
  );
  expect(version.totals.train.sheets + version.totals.holdout.sheets).toBe(24);
  expect(version.totals.train.boxes).toBe(3 * train.sheets);
});

it("is the same version when the content is the same, and describes nothing twice", async () => {
  const store = folderDatasets(folder);
  const first = await buildDataset(store, sources(24), options);
  described = [];
  const second = await buildDataset(store, sources(24), options);
  expect(second.name).toBe(first.name);
  expect(described).toEqual([]);
  const third = await buildDataset(store, sources(25), options);
  expect(third.digest).not.toBe(first.digest);
  expect(described).toEqual(["u24"]);
  expect(await listDatasets(store)).toHaveLength(2);
});

it("describes a diagram anew when people changed it, and leaves older versions as they were", async () => {
  const store = folderDatasets(folder);
  const first = await buildDataset(store, sources(24), options);
  described = [];
  await buildDataset(store, sources(24, "2"), options);
  expect(described).toHaveLength(24);
  const { train } = await readDataset(store, first.name);
  for await (const record of train.records()) expect(record.version).toBe(1);
});

it("goes on after an interruption without describing again what is done", async () => {
  const store = folderDatasets(folder);
  async function* dying() {
    yield* sources(10);
    throw new Error("killed");
  }
  await expect(buildDataset(store, dying(), options)).rejects.toThrow("killed");
  described = [];
  await buildDataset(store, sources(24), options);
  expect(described).toHaveLength(14);
});

it("keeps a held-out diagram held out, whatever comes and goes around it", async () => {
  const store = folderDatasets(folder);
  const held = (await buildDataset(store, sources(24), options)).sheets.filter((s) => s.split === "holdout");
  const grown = await buildDataset(store, sources(60), options);
  for (const { uid } of held) expect(grown.sheets.find((s) => s.uid === uid)!.split).toBe("holdout");
  const share = grown.sheets.filter((s) => s.split === "holdout").length / 60;
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.45);
});

it("says with the numbers when there is too little", async () => {
  await expect(buildDataset(folderDatasets(folder), sources(3), options)).rejects.toMatchObject({
    code: "DATASET_TOO_SMALL",
    message: expect.stringMatching(/^there are 3 .* 8 are needed/),
  });
});

it("notices a record that was changed, and one that is gone", async () => {
  const store = folderDatasets(folder);
  const version = await buildDataset(store, sources(24), options);
  const { key } = version.sheets.find(({ split }) => split === "train")!;
  const walk = async () => {
    for await (const _ of (await readDataset(store, "latest")).train.records());
  };
  const bytes = await readFile(join(folder, key));
  bytes[20]! ^= 1;
  await writeFile(join(folder, key), bytes);
  await expect(walk()).rejects.toMatchObject({ code: "DATASET_CORRUPT" });
  await rm(join(folder, key));
  await expect(walk()).rejects.toMatchObject({ code: "DATASET_CORRUPT" });
  await expect(readDataset(store, "d-none")).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
});

it("copies a version into a folder that can be read like a store", async () => {
  const store = folderDatasets(join(folder, "store"));
  const version = await buildDataset(store, sources(24), options);
  await exportDataset(store, version.name, join(folder, "out"));
  const { train, version: copied } = await readDataset(folderDatasets(join(folder, "out")), "latest");
  expect(copied).toEqual(version);
  let count = 0;
  for await (const _ of train.records()) count++;
  expect(count).toBe(version.totals.train.sheets);
});
