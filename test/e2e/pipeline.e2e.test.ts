import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Coco, Graph } from "#shared/messages";
import { DIAGRAM_ARTIFACTS, diagramPipeline } from "#shared/pipeline";
import type { Truth } from "#shared/synth";
import { makePdf } from "#test/make-pdf";
import { eventually, temporaryFolder } from "#test/nats";
import { assertWellFormed } from "#test/well-formed";
import { Api } from "./stack/api.ts";
import { eventsOf } from "./stack/events.ts";
import { askServices, publishJson, putObject, watchDiagrams } from "./stack/plain-client.ts";
import { executorsOf, signal } from "./stack/processes.ts";
import { runProgram } from "./stack/program.ts";
import { sheetPng } from "./stack/sheet.ts";
import { startUp, type Up } from "./stack/up.ts";

/** The events of a diagram that nobody reviews, in order. */
const WAY = [
  "diagram.uploaded",
  "diagram.ingested",
  "diagram.detected",
  "diagram.annotated",
  "diagram.segmented",
  "diagram.skeletonized",
  "diagram.masks_validated",
  "diagram.thinned",
  "diagram.classified",
  "diagram.built",
  "diagram.graph_validated",
  "diagram.completed",
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let up: Up;
let api: Api;
let nc: NatsConnection;
let sheet: { png: Uint8Array; truth: Truth };
let small: { png: Uint8Array; truth: Truth };

async function start(env?: Record<string, string>) {
  up = await startUp(folder.path, env);
  api = new Api(up.url);
  nc = await connect({ servers: up.natsUrl });
}

beforeAll(async () => {
  folder = await temporaryFolder("penstock-e2e-");
  [sheet, small] = await Promise.all([sheetPng(11, 1600, 1200), sheetPng(13, 900, 700), start()]);
});

afterAll(async () => {
  await nc?.close();
  await up?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

/** A graph without the name of its diagram. */
const topology = ({ sheet: { uid: _, ...size }, ...graph }: Graph) => ({ ...graph, sheet: size });
const graphOf = async (uid: string) => Graph.parse(await api.artifactJson(uid, "graph.json"));

describe("a sheet handed in over HTTP", () => {
  const uid = "http";
  const at = async (type: string) => (await eventsOf(nc, uid)).find((event) => event.type === type)?.body;

  it("is completed, each stage leaving exactly one event", async () => {
    const form = new FormData();
    form.set("uid", uid);
    form.set("file", new Blob([sheet.png as Uint8Array<ArrayBuffer>]), "P-100.png");
    const answer = await api.post("/api/diagrams", form);
    expect(answer).toMatchObject({ status: 202, body: { uid, name: "P-100.png", size: sheet.png.length } });
    const diagram = await api.reached(uid, "completed");
    expect(diagram).toMatchObject({ name: "P-100.png", error: null, generation: 0 });
    const events = await eventsOf(nc, uid);
    expect(events.map((event) => event.type)).toEqual(WAY);
    for (const [i, event] of events.entries()) {
      expect(event.header("Penstock-Id")).toBe(`${event.type}.${uid}.g0`);
      expect(event.header("Penstock-Run")).toBe(uid);
      if (i > 0) expect(Number(event.header("Penstock-Cause"))).toBe(events[i - 1]!.seq);
      expect(event.body).toMatchObject({ uid, name: "P-100.png", review: "none" });
    }
    // One trace for the whole diagram.
    expect(new Set(events.map((event) => event.header("traceparent").slice(0, 35))).size).toBe(1);
  });

  it("has every artifact of the contract, with the size, digest and type its event names", async () => {
    const { artifacts } = await at("diagram.completed");
    // Of a sheet without colours there is no grey copy.
    const { "sheet_grey.png": copy, ...contract } = DIAGRAM_ARTIFACTS;
    expect(copy).toBeDefined();
    expect(artifacts).not.toHaveProperty("sheet_grey.png");
    expect(Object.keys(artifacts)).toEqual(expect.arrayContaining(Object.keys(contract)));
    for (const [name, contentType] of Object.entries(contract)) {
      const ref = artifacts[name];
      const { headers, bytes } = await api.artifact(uid, name);
      expect(headers.get("content-type"), name).toBe(contentType);
      expect({ name, size: bytes.length }).toEqual({ name, size: ref.size });
      const digest = createHash("sha256").update(bytes).digest("base64");
      expect(ref.digest.replaceAll("-", "+").replaceAll("_", "/"), name).toBe(`SHA+256=${digest}`);
      if (contentType === "image/png")
        expect(await sharp(bytes).metadata(), name).toMatchObject({
          width: 1600,
          height: 1200,
          depth: "uchar",
        });
    }
  });

  it("carries what each event promises", async () => {
    const sheetSize = { widthPx: 1600, heightPx: 1200 };
    expect(await at("diagram.ingested")).toMatchObject({ sheet: sheetSize });
    const { counts } = await at("diagram.completed");
    const graph = await graphOf(uid);
    expect(counts).toMatchObject({ nodes: graph.nodes.length, edges: graph.edges.length });
    const detections = Coco.parse(await api.artifactJson(uid, "detections.json"));
    expect(counts.symbols).toBe(detections.annotations.length);
    expect(detections.annotations.every(({ score }) => score !== undefined && score > 0)).toBe(true);
    const annotations = Coco.parse(await api.artifactJson(uid, "annotations.json"));
    expect(annotations.annotations.map(({ bbox }) => bbox)).toEqual(
      detections.annotations.map(({ bbox }) => bbox),
    );
    expect(annotations.annotations.some((annotation) => "score" in annotation)).toBe(false);
    const yolo = new TextDecoder().decode((await api.artifact(uid, "yolo_predicted.txt")).bytes);
    const lines = yolo.trimEnd().split("\n");
    expect(lines).toHaveLength(detections.annotations.length);
    for (const line of lines) expect(line).toMatch(/^\d+( [01]\.\d+){5}$/);
  });

  it("has a graph in which everything hangs together and lies on the sheet", async () => {
    const graph = await graphOf(uid);
    expect(graph.sheet).toEqual({ uid, widthPx: 1600, heightPx: 1200 });
    const ids = new Set(graph.nodes.map((node) => node.id));
    const edges = new Set(graph.edges.map((edge) => edge.id));
    expect([ids.size, edges.size]).toEqual([graph.nodes.length, graph.edges.length]);
    for (const edge of graph.edges) {
      expect(ids.has(edge.source) && ids.has(edge.target), edge.id).toBe(true);
      for (const [x, y] of edge.points)
        expect(x >= 0 && y >= 0 && x <= 1600 && y <= 1200, `${edge.id} at ${x},${y}`).toBe(true);
    }
    for (const crossing of graph.crossings) for (const id of crossing.edges) expect(edges.has(id)).toBe(true);
    for (const node of graph.nodes.filter(({ type }) => type === "symbol"))
      expect(node).toMatchObject({ class: expect.any(String), bbox: expect.any(Array) });
  });

  it("finds most of what was drawn", async () => {
    const graph = await graphOf(uid);
    const drawn = sheet.truth.nodes.filter((node) => node.bbox);
    const found = drawn.filter(({ center: [x, y] }) =>
      graph.nodes.some(
        ({ bbox: box }) => box && x >= box[0] && x <= box[0] + box[2] && y >= box[1] && y <= box[1] + box[3],
      ),
    );
    expect(found.length / drawn.length).toBeGreaterThan(0.3);
    expect(graph.edges.length / sheet.truth.edges.length).toBeGreaterThan(0.5);
    expect(graph.edges.length / sheet.truth.edges.length).toBeLessThan(1.8);
  });

  it("gives exports that every XML reader opens", async () => {
    for (const name of ["output.fxml", "graph.graphml", "graph.dexpi.xml"])
      await assertWellFormed(new TextDecoder().decode((await api.artifact(uid, name)).bytes));
    const overlay = await sharp((await api.artifact(uid, "overlay.svg")).bytes).metadata();
    expect(overlay).toMatchObject({ format: "svg", width: 1600, height: 1200 });
  });

  it("shows in the timeline one finished task for each stage", async () => {
    const stages = Object.keys(diagramPipeline.stages);
    const tasks = await eventually("all tasks succeeded", async () => {
      const { body } = await api.get<{ tasks: { stage: string; state: string; attempts: number }[] }>(
        `/api/diagrams/${uid}/timeline`,
      );
      const done = body.tasks.filter(({ state }) => state === "SUCCESS");
      return done.length === stages.length ? done : undefined;
    });
    expect(tasks.map(({ stage }) => stage).sort()).toEqual([...stages].sort());
    expect(tasks.every(({ attempts }) => attempts === 1)).toBe(true);
  });
});

describe("people who only know NATS", () => {
  it("publish JSON by hand and get the same graph, with headers they can read", async () => {
    await using watch = await watchDiagrams(up.natsUrl);
    await putObject(watch.nc, "by hand/sheet 1.png", sheet.png);
    await publishJson(watch.nc, "diagram.uploaded", {
      object: "inbox/by hand/sheet 1.png",
      colour: "unknown",
    });
    const last = await eventually(
      "the diagram is over",
      () => watch.seen.find(({ subject }) => /^diagram\.(completed|failed)\./.test(subject)),
      120_000,
    );
    const uid = last.subject.split(".")[2]!;
    expect(last.subject).toBe(`diagram.completed.${uid}`);
    const own = watch.seen.filter(({ subject }) => subject.endsWith(`.${uid}`));
    expect(own.map(({ subject }) => subject.slice(0, -uid.length - 1))).toEqual(WAY.slice(1));
    for (const { headers, subject } of own) {
      expect(headers?.get("Penstock-Id")).toBe(`${subject}.g0`);
      expect(headers?.get("Penstock-Run")).toBe(uid);
      expect(headers?.get("Penstock-Cause")).toMatch(/^\d+$/);
      expect(headers?.get("traceparent")).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
      expect(headers?.get("Content-Type")).toBe("application/msgpack");
    }
    const ingested = (await eventsOf(nc, uid)).find(({ type }) => type === "diagram.ingested");
    expect(ingested?.body).not.toHaveProperty("colour");
    expect(topology(await graphOf(uid))).toEqual(topology(await graphOf("http")));
  });

  it("find the workers as micro services", async () => {
    const found = await askServices<{ name: string; type: string; version: string }>(nc, "$SRV.PING");
    expect(found.map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(diagramPipeline.stages)),
    );
    expect(found.every(({ type }) => type === "io.nats.micro.v1.ping_response")).toBe(true);
    type Stats = { endpoints: { name: string; subject: string }[]; metadata: Record<string, string> };
    const [stats, ...others] = await askServices<Stats>(nc, "$SRV.STATS.detect");
    expect(others).toEqual([]);
    expect(stats?.metadata).toMatchObject({ queue: "gpu", pid: String(up.program.pid) });
    expect(stats?.endpoints.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["ping", "active", "stats", "grow", "shrink", "pause", "resume", "revoke"]),
    );
    const answer = await nc.request("penstock.control.detect.ping", "{}", { timeout: 30_000 });
    expect(answer.json()).toMatchObject({ stage: "detect", pong: expect.any(Number) });
  });
});

it("a PDF of two pages becomes two diagrams", async () => {
  const uid = "book";
  await api.submit(uid, makePdf(2, { widthPt: 240, heightPt: 180 }), { name: "book.pdf" });
  const parent = await api.reached(uid, "split");
  expect(parent.details).toMatchObject({ pages: ["book-p1", "book-p2"] });
  const sizes = [];
  for (const page of ["book-p1", "book-p2"]) {
    expect(await api.reached(page, "completed")).toMatchObject({
      name: expect.stringMatching(/^book\.pdf \(page \d\)$/),
    });
    sizes.push((await graphOf(page)).sheet);
  }
  expect(sizes).toEqual([1, 2].map((n) => ({ uid: `book-p${n}`, widthPx: 1000, heightPx: 750 })));
  expect((await eventsOf(nc, uid)).map(({ type }) => type)).toEqual(["diagram.uploaded", "diagram.split"]);
});

it("a running diagram is revoked: its task is stopped, nothing follows, the next one runs", async () => {
  const uid = "unwanted";
  await api.submit(uid, sheet.png);
  const task = await eventually(
    "a task computes",
    async () => {
      const answer = await nc.request("penstock.control.segment.active", "{}", { timeout: 30_000 });
      return answer
        .json<{ tasks: { run: string; startedAt: number | null }[] }>()
        .tasks.find((each) => each.startedAt);
    },
    120_000,
  );
  expect(task.run).toBe(uid);
  // However fast the machine: it computes until it is stopped.
  const held = executorsOf(up.program.pid);
  for (const pid of held) signal(pid, "SIGSTOP");
  try {
    const revoked = await api.post(`/api/diagrams/${uid}/revoke`, { by: "ann", reason: "wrong revision" });
    expect(revoked.status).toBe(202);
    await api.reached(uid, "revoked");
  } finally {
    for (const pid of held) signal(pid, "SIGCONT");
  }
  // What workers tell reaches the history a moment after the event itself.
  await eventually("the task has ended as revoked", async () => {
    const { body } = await api.get<{ state: string }>(`/api/tasks/segment.${uid}`);
    return body.state === "REVOKED";
  });
  expect((await api.post(`/api/diagrams/${uid}/revoke`, { by: "ann" })).body).toMatchObject({
    status: 409,
    code: "ALREADY_FINISHED",
  });
  await api.submit("wanted", small.png);
  await api.reached("wanted", "completed");
  expect((await eventsOf(nc, uid)).map(({ type }) => type)).toEqual([...WAY.slice(0, 4), "diagram.revoked"]);
});

it("a diagram that failed is retried, and runs once what was missing is there", async () => {
  const uid = "later";
  await publishJson(nc, `diagram.uploaded.${uid}`, { object: "inbox/later.png" });
  const failed = await api.reached(uid, "error");
  expect(failed.error).toMatchObject({ stage: "ingest", code: "ARTIFACT_MISSING" });
  await putObject(nc, "later.png", small.png);
  const retried = await api.post(`/api/diagrams/${uid}/retry`, { by: "ann" });
  expect(retried).toMatchObject({ status: 202, body: { stage: "ingest", generation: 1 } });
  expect(await api.reached(uid, "completed", { generation: 1 })).toMatchObject({ generation: 1 });
  expect(topology(await graphOf(uid))).toEqual(topology(await graphOf("wanted")));
});

describe("a sheet that people review", () => {
  const uid = "reviewed";
  const artifactsAt = async (type: string) =>
    (await eventsOf(nc, uid)).find((event) => event.type === type)?.body.artifacts;

  it("waits for its boxes, through a restart of everything, with events in JSON from then on", async () => {
    await api.submit(uid, small.png, { review: "manual", name: "small.png" });
    expect(await api.reached(uid, "awaiting_annotation")).toMatchObject({ waits: true });
    await nc.close();
    await up.stop();
    await start({ PENSTOCK_CODEC: "json" });
    expect(await api.reached(uid, "awaiting_annotation")).toMatchObject({ name: "small.png", final: false });
    // Other diagrams are remembered as they were.
    expect(await api.diagram("http")).toMatchObject({ state: "completed" });
    expect((await eventsOf(nc, uid)).at(-1)).toMatchObject({ type: "diagram.awaiting_annotation" });
  });

  it("goes on with the boxes a person corrected on the command line, once", async () => {
    const boxes = Coco.parse(await api.artifactJson(uid, "detections.json"));
    const [dropped, ...kept] = boxes.annotations.map(({ score: _, ...annotation }) => annotation);
    const file = `${folder.path}/corrected.json`;
    await writeFile(file, JSON.stringify({ ...boxes, annotations: kept }));
    const args = ["approve", "annotation", uid, "--artifact", file];
    const env = { NATS_URL: up.natsUrl, PENSTOCK_CODEC: "json" };
    const approved = await runProgram("bin/penstock.js", { args, env });
    expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining("corrected") });
    const again = await runProgram("bin/penstock.js", { args, env });
    expect(again).toMatchObject({ code: 4, stderr: expect.stringContaining("approved already") });
    await api.reached(uid, "awaiting_masks");
    const accepted = Coco.parse(await api.artifactJson(uid, "annotations.json"));
    expect(accepted.annotations.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
    // The node mask was made from the corrected boxes.
    const [x, y, w, h] = dropped!.bbox;
    const area = { left: Math.round(x + w / 2), top: Math.round(y + h / 2), width: 1, height: 1 };
    const { bytes } = await api.artifact(uid, "node_mask.png");
    expect([...(await sharp(bytes).extract(area).greyscale().raw().toBuffer())]).toEqual([0]);
  });

  it("is thinned anew when a person wiped a part of its mask", async () => {
    const { bytes } = await api.artifact(uid, "pipe_mask.png");
    const wiped = { left: 0, top: 0, width: 450, height: 700 };
    const blank = await sharp({ create: { ...wiped, channels: 3, background: "#000" } })
      .png()
      .toBuffer();
    const corrected = await sharp(bytes)
      .composite([{ input: blank, left: 0, top: 0 }])
      .greyscale()
      .png()
      .toBuffer();
    const before = (await artifactsAt("diagram.skeletonized"))["skeleton.png"];
    expect(await inkOf((await api.artifact(uid, "skeleton.png")).bytes, wiped)).toBeGreaterThan(0);
    const approved = await api.post(`/api/diagrams/${uid}/approve/masks?by=ann`, new Uint8Array(corrected));
    expect(approved).toMatchObject({ status: 202, body: { gate: "masks", corrected: true } });
    expect((await api.post(`/api/diagrams/${uid}/approve/masks?by=bob`)).body).toMatchObject({
      status: 409,
      code: "ALREADY_APPROVED",
    });
    await api.reached(uid, "awaiting_graph");
    const after = (await artifactsAt("diagram.thinned"))["skeleton.png"];
    expect(after.digest).not.toBe(before.digest);
    const skeleton = (await api.artifact(uid, "skeleton.png")).bytes;
    expect(await inkOf(skeleton, { ...wiped, width: 440 })).toBe(0);
    expect(await inkOf(skeleton, { left: 450, top: 0, width: 450, height: 700 })).toBeGreaterThan(0);
  });

  it("is exported from the graph a person corrected", async () => {
    const graph = await graphOf(uid);
    const [, ...edges] = graph.edges;
    const named = graph.nodes.find(({ type }) => type === "symbol")!;
    const corrected = {
      ...graph,
      crossings: [],
      edges,
      nodes: graph.nodes.map((node) => (node.id === named.id ? { ...node, tag: "HV-4711" } : node)),
    };
    const body = new TextEncoder().encode(JSON.stringify(corrected));
    expect((await api.post(`/api/diagrams/${uid}/approve/graph?by=ann`, body)).status).toBe(202);
    const done = await api.reached(uid, "completed");
    expect(done.details).toMatchObject({
      counts: { edges: edges.length },
      approvals: {
        annotation: { corrected: true },
        masks: { by: "ann", corrected: true },
        graph: { by: "ann", corrected: true },
      },
    });
    expect(await api.artifactJson(uid, "validated_graph.json")).toEqual(corrected);
    for (const name of ["output.fxml", "graph.graphml", "graph.dexpi.xml"])
      expect(new TextDecoder().decode((await api.artifact(uid, name)).bytes), name).toContain("4711");
  });

  it("left events any tool reads since the restart", async () => {
    const events = await eventsOf(nc, uid);
    const waited = events.findIndex(({ type }) => type === "diagram.awaiting_annotation");
    for (const [i, event] of events.entries()) {
      expect(event.header("Content-Type")).toBe(i > waited ? "application/json" : "application/msgpack");
      if (i > waited) expect(JSON.parse(new TextDecoder().decode(event.bytes))).toMatchObject({ uid });
    }
  });
});

/** How many pixels of an area are set. */
async function inkOf(
  png: Uint8Array,
  area: { left: number; top: number; width: number; height: number },
): Promise<number> {
  const pixels = await sharp(png).extract(area).greyscale().raw().toBuffer();
  return pixels.reduce((sum, value) => sum + (value > 127 ? 1 : 0), 0);
}
