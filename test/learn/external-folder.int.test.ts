import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { beforeEach, expect, it } from "vitest";
import { objectArtifacts } from "#shared/artifacts";
import { type Bus, openObjects, reconcileTopology } from "#shared/bus";
import { buildDataset, busDatasets, layOutSheets, validatedDiagrams } from "#shared/learn";
import type { ArtifactRef, Gate, RetrainTrained } from "#shared/messages";
import type { NatsServer } from "#shared/nats-server";
import { diagramPipeline } from "#shared/pipeline";
import { readGrey, writeGrey, writeMask } from "#shared/raster";
import { type AnyStage, memoryContext } from "#shared/stage";
import { madeUpFiles, someSmall, storeDiagram } from "#test/made-up-diagram";
import { withBus } from "#test/with-bus";
import trainHeavy from "../../services/retrain-trainer/train-heavy.ts";

let server: NatsServer;
let bus: Bus;
let folder: string;
withBus([], (own) => {
  ({ server, bus } = own);
});
beforeEach(async () => {
  await reconcileTopology(bus, [diagramPipeline]);
  await bus.jsm.streams.purge(diagramPipeline.stream);
  folder = await mkdtemp(join(tmpdir(), "external-folder-"));
  return () => rm(folder, { recursive: true });
});

const WIDTH = 360;
/** The dashed line of the sheet, and what the person paints and erases: y, from x, to x. */
const LINE = { y: 272, from: 20, to: 100 };
const PAINTED = { y: LINE.y, from: 100, to: 120 };
const ERASED = { y: 300, from: 200, to: 230 };

/** A diagram of 6 × 4 places whose boxes, masks and graph were corrected at the gates named. */
async function store(uid: string, approved: readonly Gate[] = ["annotation", "masks", "graph"]) {
  const files = await madeUpFiles({ uid, columns: 6, rows: 4, isSmall: someSmall(uid) });
  const { width, height } = await readGrey(files["sheet.png"] as Uint8Array);
  const blank = () => new Uint8Array(width * height);
  const draw = (data: Uint8Array, { y, from, to }: typeof LINE, value: number) =>
    data.fill(value, y * width + from, y * width + to);
  const [styles, before, after] = [blank(), blank(), blank()];
  draw(styles, LINE, 2);
  draw(styles, ERASED, 1);
  for (const line of [LINE, ERASED]) draw(before, line, 1);
  for (const line of [LINE, PAINTED]) draw(after, line, 1);
  await storeDiagram(
    bus,
    uid,
    "diagram.graph_validated",
    {
      ...files,
      "style_mask.png": await writeGrey({ width, height, data: styles }),
      "skeleton_source.png": await writeMask({ width, height, data: before }),
      "pipe_mask.png": await writeMask({ width, height, data: after }),
    },
    { approved },
  );
  return files;
}

// Each test has diagrams of its own: the stream takes a message of one once.
const build = () =>
  buildDataset(busDatasets(bus), validatedDiagrams(bus), {
    ...{ by: "test", source: "validated", minSheets: 1, minHoldout: 0 },
  });
const read = (ref: ArtifactRef) => objectArtifacts(bus, () => "none").get(ref);
const places = () => ({ train: join(folder, "data"), holdout: join(folder, "holdout") });
const json = async (...path: string[]) => JSON.parse(await readFile(join(folder, ...path), "utf8"));

it("gives an external trainer the pictures, the corrected boxes and the corrected masks, the held-out ones apart", async () => {
  const files = await store("d0");
  await store("d1");
  const { name } = await build();
  const laid = await layOutSheets(busDatasets(bus), name, { read, ...places() });
  expect(laid).toMatchObject({ version: name, train: ["d0"], holdout: ["d1"], leftOut: [] });
  const own = ["annotations.json", "classes.json", "d0.png", "d0.style.png", "d0.truth.json", "sheets.json"];
  expect((await readdir(join(folder, "data"))).sort()).toEqual(own);
  expect(await readdir(join(folder, "holdout"))).toContain("d1.truth.json");

  expect(await readFile(join(folder, "data", "d0.png"))).toEqual(
    Buffer.from(files["sheet.png"] as Uint8Array),
  );
  const accepted = JSON.parse(files["annotations.json"] as string);
  const truth = await json("data", "d0.truth.json");
  const classes = await json("data", "classes.json");
  expect(classes).toEqual(["gate_valve", "globe_valve", "pump"]);
  const boxes = truth.nodes.flatMap(({ bbox, class: kind }: { bbox?: number[]; class: string }) =>
    bbox ? [[classes.indexOf(kind), ...bbox]] : [],
  );
  expect(boxes).toEqual(
    accepted.annotations.map(({ category_id, bbox }: { category_id: number; bbox: number[] }) => [
      category_id,
      ...bbox,
    ]),
  );
  expect(truth).not.toHaveProperty("seed");
  expect(truth).toMatchObject({
    sheet: { uid: "d0", widthPx: WIDTH },
    validated: ["annotation", "masks", "graph"],
    junctions: [{ kind: "tee" }],
    lineWidthPx: 3,
  });
  // The person took one of three lines away.
  expect(truth.edges).toHaveLength(2);

  const styles = await readGrey(await readFile(join(folder, "data", "d0.style.png")));
  const at = ({ y, from, to }: typeof LINE) => [
    ...new Set(styles.data.subarray(y * WIDTH + from, y * WIDTH + to)),
  ];
  expect([at(LINE), at(PAINTED), at(ERASED)]).toEqual([[2], [2], [0]]);

  const coco = await json("data", "annotations.json");
  expect(coco.images).toEqual([{ id: 1, file_name: "d0.png", width: WIDTH, height: styles.height }]);
  expect(coco.annotations).toHaveLength(accepted.annotations.length);
  expect(coco.categories.map(({ id, name: kind }: { id: number; name: string }) => [id, kind])).toEqual([
    [1, "gate_valve"],
    [2, "globe_valve"],
    [3, "pump"],
  ]);
});

it("writes what was frozen, whatever people did afterwards", async () => {
  await store("d4");
  const { name } = await build();
  const again = await madeUpFiles({ uid: "d4", columns: 6, rows: 4, isSmall: () => false });
  await storeDiagram(bus, "d4", "diagram.graph_validated", again, {
    approved: ["annotation"],
    generation: 1,
  });
  await layOutSheets(busDatasets(bus), name, { read, ...places() });
  expect((await json("data", "d4.truth.json")).edges).toHaveLength(2);
  expect((await build()).name).not.toBe(name);
});

it("leaves out, and says why, what is gone and what nobody looked at for this model", async () => {
  await store("d5");
  await store("d6", ["graph"]);
  const version = await build();
  const { key } = version.sheets.find(({ uid }) => uid === "d5")!.files!["sheet.png"]!;
  await (await openObjects(bus, "artifacts")).delete(key);
  const lay = (model: "detector" | "classification") =>
    layOutSheets(busDatasets(bus), version.name, { read, model, ...places() });
  const gone = {
    ...{ uid: "d5", split: "train", code: "DATASET_PICTURE_GONE" },
    reason: expect.stringMatching(/^sheet\.png is gone/),
  };
  expect((await lay("detector")).leftOut).toEqual([
    gone,
    {
      ...{ uid: "d6", split: "train", code: "DATASET_GATE_NOT_APPROVED" },
      reason: expect.stringMatching(/nobody approved its annotation/),
    },
  ]);
  expect(await lay("classification")).toMatchObject({ train: ["d6"], leftOut: [gone] });
  expect(await json("data", "sheets.json")).toMatchObject({ model: "classification", train: ["d6"] });
});

it("is what a command of a retraining run finds, the hold-out only where it asks for it", async () => {
  for (const uid of ["d9", "d15"]) await store(uid);
  const { name, digest, createdAt } = await build();
  const script = join(folder, "trainer.sh");
  const model = resolve("test/fixtures/models/junction.onnx");
  await writeFile(
    script,
    `ls $2 $3; cp ${model} $1/model.onnx; echo '{"accuracy": 0.5}' > $1/metrics.json; echo done`,
  );
  const train = async (run: string, places: string) => {
    const settings = { classificationCommand: `sh ${script} {out} ${places}`, commandLimitMs: 60_000 };
    const context = await memoryContext(trainHeavy, settings, { run, attempt: 1 }, bus);
    const dataset = { version: name, digest, createdAt, counts: {}, artifacts: {} };
    const message = { uid: run, model: "classification", dataset, seed: 1 };
    const artifacts = objectArtifacts(bus, () => `${run}/train-heavy-g0a1-test`);
    const { body } = (await (trainHeavy as AnyStage).handle(message, {
      ...context,
      artifacts,
    })) as unknown as {
      body: RetrainTrained;
    };
    return new TextDecoder().decode(await read(body.artifacts["train.log"]!));
  };
  const asked = await train("run-1", "{data} {holdout}");
  expect(asked).toMatch(/^1 sheets to learn from, 1 held out, 0 left out\n/);
  for (const file of ["d9.png", "d9.truth.json", "d9.style.png", "classes.json", "d15.png"])
    expect(asked.split("\n")).toContain(file);
  expect(await train("run-2", "{data}")).not.toContain("d15");
});

it("is laid out by hand with penstock dataset export", async () => {
  for (const uid of ["d10", "d30"]) await store(uid);
  const { name } = await build();
  const { train, holdout } = places();
  const penstock = ["--import", "tsx", "cli/main.ts", "dataset", "export"];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...penstock, name, "--to", train, "--holdout", holdout, "--for", "segmenter", "--json"],
    { env: { ...process.env, NATS_URL: server.url } },
  );
  expect(JSON.parse(stdout)).toMatchObject({ version: name, model: "segmenter", leftOut: [] });
  const written = async (part: string) =>
    (await readdir(join(folder, part))).filter((file) => file.endsWith(".truth.json"));
  expect([await written("data"), await written("holdout")].flat().sort()).toEqual([
    "d10.truth.json",
    "d30.truth.json",
  ]);
});

it("is opened by the repository's own training scripts, and the hold-out is taken for sheets of its own", async (context) => {
  const run = promisify(execFile);
  const python = "/usr/bin/python3";
  const there = await run(python, ["-c", "import torch, cv2, numpy, PIL"]).catch(() => null);
  if (!there) context.skip("python3 with torch is not here");
  for (const uid of ["d7", "d8", "d14"]) await store(uid);
  await layOutSheets(busDatasets(bus), (await build()).name, { read, ...places() });
  const script = `
import json, sys
from argparse import Namespace
from pathlib import Path
from penstock_training.classes import read_classes
from penstock_training.detector_data import boxes_of
from penstock_training.options import open_data
from penstock_training.segmenter_data import SegmenterBatches
data, holdout = Path(sys.argv[1]), Path(sys.argv[2])
train, held = open_data(Namespace(data=data, holdout=holdout, cache=None))
names = read_classes(data)
SegmenterBatches(train, 4, 64, 1)(0)
print(json.dumps({"train": [s.name for s in train], "held": [s.name for s in held], "names": names,
  "boxes": [len(boxes_of(s, names).kind) for s in train], "styles": sorted({int(v) for v in train[0].style.ravel()})}))`;
  const training = join(import.meta.dirname, "../../training");
  const { train, holdout } = places();
  const { stdout } = await run(python, ["-c", script, train, holdout], { cwd: training });
  const told = JSON.parse(stdout.trim().split("\n").at(-1)!);
  expect(told).toMatchObject({ train: ["d7", "d8"], held: ["d14"], styles: [0, 2] });
  expect(told.names).toEqual(["gate_valve", "globe_valve", "pump"]);
  const truth = await json("data", "d7.truth.json");
  expect(told.boxes[0]).toBe(truth.nodes.filter(({ bbox }: { bbox?: unknown }) => bbox).length);
}, 300_000);
