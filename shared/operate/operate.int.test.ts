import { expect, test } from "vitest";
import { putObject } from "#shared/artifacts";
import { type Bus, DeadHeader, lastMessage, openObjects, publishMessage, publishRaw } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { withBus } from "#test/with-bus";
import {
  approve,
  control,
  dropDead,
  findArtifact,
  getStageSettings,
  listDead,
  listQueues,
  pause,
  purge,
  readQueue,
  readRun,
  redrive,
  redriveAll,
  remove,
  resume,
  retry,
  revoke,
  scan,
  setStageSettings,
  showDead,
  submit,
} from "./index.ts";

let bus: Bus;
const by = "tester";

withBus(PIPELINES, (own) => {
  ({ bus } = own);
});

/** Publishes an event of a diagram as a stage would. */
async function event(type: string, uid: string, body: Record<string, unknown> = {}, generation = 0) {
  return publishMessage(bus, diagramPipeline, {
    type,
    id: uid,
    generation,
    body: { uid, artifacts: {}, sheet: { widthPx: 30, heightPx: 20 }, ...body },
  });
}

async function artifact(key: string, text: string) {
  const store = await openObjects(bus, "artifacts");
  const info = await store.putBlob({ name: key }, new TextEncoder().encode(text));
  return { bucket: "artifacts", key, size: info.size, digest: info.digest, contentType: "application/json" };
}

const failed = (stage: string) => ({ error_stage: stage, error_code: "BOOM", error_message: "it broke" });

test("what is submitted lies in the inbox byte for byte and its run begins", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const done = await submit(
    bus,
    { bytes },
    { name: "../plans/P-101.png", review: "auto", meta: { area: 7 } },
  );
  expect(done).toMatchObject({ name: "P-101.png", size: 60_000 });
  const inbox = await openObjects(bus, "inbox");
  expect(Buffer.compare((await inbox.getBlob(done.object.slice("inbox/".length)))!, bytes)).toBe(0);
  const run = await readRun(bus, diagramPipeline, done.uid);
  expect(run.last.type).toBe("diagram.uploaded");
  expect(run.last.body()).toMatchObject({
    uid: done.uid,
    name: "P-101.png",
    review: "auto",
    meta: { area: 7 },
  });
});

test("an object of many chunks is read back whole by the store's own client", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  async function* source() {
    for (let i = 0; i < 70; i++) yield bytes.subarray(0, 65_536 - i);
  }
  const put = await putObject(bus, "inbox", "large-1", source());
  const whole: Uint8Array[] = [];
  for await (const piece of source()) whole.push(piece);
  const inbox = await openObjects(bus, "inbox");
  // getBlob verifies size, chunks and digest.
  expect(Buffer.compare((await inbox.getBlob("large-1"))!, Buffer.concat(whole))).toBe(0);
  expect((await inbox.info("large-1"))?.digest).toBe(put.digest);
});

test("a source that fails half-way leaves no bytes in the store", async () => {
  const before = await bus.jsm.streams.info("OBJ_inbox");
  async function* source() {
    for (let i = 0; i < 20; i++) yield new Uint8Array(100_000);
    throw new Error("the line went dead");
  }
  await expect(putObject(bus, "inbox", "half-1", source())).rejects.toThrow("the line went dead");
  expect((await bus.jsm.streams.info("OBJ_inbox")).state.messages).toBe(before.state.messages);
});

test("a uid is taken once, and nothing of the refused drawing stays", async () => {
  await submit(bus, { bytes: new Uint8Array(10) }, { uid: "taken-1" });
  const inbox = await openObjects(bus, "inbox");
  const before = (await inbox.list()).length;
  await expect(submit(bus, { bytes: new Uint8Array(10) }, { uid: "taken-1" })).rejects.toMatchObject({
    code: "UID_TAKEN",
  });
  // Two at once: both may have stored their bytes before one of them loses.
  const both = await Promise.allSettled(
    [1, 2].map(() => submit(bus, { bytes: new Uint8Array(10) }, { uid: "taken-2" })),
  );
  expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await inbox.list()).length).toBe(before + 1);
});

test("a drawing over the limit leaves neither object nor run", async () => {
  const inbox = await openObjects(bus, "inbox");
  const before = (await inbox.list()).length;
  await expect(
    submit(bus, { bytes: new Uint8Array(5_000) }, { uid: "too-large" }, { maxBytes: 4_999 }),
  ).rejects.toMatchObject({ code: "UPLOAD_TOO_LARGE", reason: "too-large" });
  expect((await inbox.list()).length).toBe(before);
  await expect(readRun(bus, diagramPipeline, "too-large")).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
});

test("approving lets a waiting diagram go on with what was found, once", async () => {
  const graph = await artifact("ok-1/build/graph.json", "{}");
  await event("diagram.built", "ok-1");
  await event("diagram.awaiting_graph", "ok-1", { artifacts: { "graph.json": graph } });
  await expect(approve(bus, "masks", "ok-1", { by })).rejects.toMatchObject({ code: "NOT_WAITING" });
  const both = await Promise.allSettled([1, 2].map(() => approve(bus, "graph", "ok-1", { by })));
  expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({
    reason: { code: "ALREADY_APPROVED" },
  });
  await expect(approve(bus, "graph", "ok-1", { by })).rejects.toMatchObject({ code: "ALREADY_APPROVED" });
  const run = await readRun(bus, diagramPipeline, "ok-1");
  expect(run.last.type).toBe("diagram.graph_validated");
  expect(run.last.body()).toMatchObject({
    artifacts: { "validated_graph.json": { key: graph.key } },
    approvals: { graph: { by, corrected: false } },
  });
});

test("a corrected graph is stored and carried on; one with dangling ids is refused and changes nothing", async () => {
  await event("diagram.awaiting_graph", "ok-2");
  const graph = {
    version: 1,
    sheet: { uid: "ok-2", widthPx: 30, heightPx: 20 },
    nodes: [{ id: "n1", type: "endpoint", center: [1, 1] }],
    edges: [],
  };
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const edge = {
    id: "e",
    source: "n1",
    target: "ghost",
    points: [
      [1, 1],
      [2, 2],
    ],
    line: "process",
    style: "solid",
    direction: null,
    widthPx: 1,
  };
  await expect(
    approve(bus, "graph", "ok-2", { by, artifact: bytes({ ...graph, edges: [edge] }) }),
  ).rejects.toMatchObject({ code: "BAD_GRAPH", message: expect.stringContaining("ghost") });
  expect((await readRun(bus, diagramPipeline, "ok-2")).last.type).toBe("diagram.awaiting_graph");
  await approve(bus, "graph", "ok-2", { by, artifact: bytes(graph) });
  const ref = await findArtifact(bus, "ok-2", "validated_graph.json");
  const store = await openObjects(bus, "artifacts");
  expect(JSON.parse(new TextDecoder().decode((await store.getBlob(ref.key)) ?? undefined))).toEqual(graph);
});

test("a failed diagram is retried from the stage that failed, with the next generation, once", async () => {
  await event("diagram.detected", "again-1");
  await event("diagram.annotated", "again-1");
  await expect(retry(bus, "again-1", { by })).rejects.toMatchObject({ code: "STILL_RUNNING" });
  await event("diagram.failed", "again-1", failed("segment"));
  expect(await retry(bus, "again-1", { by })).toMatchObject({ stage: "segment", generation: 1 });
  const sent = await lastMessage(bus, "DIAGRAM", "diagram.annotated.again-1");
  expect(sent?.generation).toBe(1);
  await expect(retry(bus, "again-1", { by })).rejects.toMatchObject({ code: "STILL_RUNNING" });
});

test("a drawing published without an id is retried from its beginning under the id it was given", async () => {
  const { seq } = await publishRaw(bus, {
    subject: "diagram.uploaded",
    bytes: new TextEncoder().encode('{"object":"inbox/z"}'),
    headers: {},
    messageId: "by-hand",
  });
  await publishMessage(bus, diagramPipeline, {
    type: "diagram.failed",
    id: "nobody-1",
    body: { uid: "nobody-1", ...failed("ingest") },
    cause: seq,
  });
  expect(await retry(bus, "nobody-1", { by })).toMatchObject({ stage: "ingest", generation: 1 });
  const sent = await lastMessage(bus, "DIAGRAM", "diagram.uploaded.nobody-1");
  expect(sent && decodeBody(sent.data)).toMatchObject({ uid: "nobody-1", object: "inbox/z" });
});

test("a diagram is retried from a given stage it has reached, and from no other", async () => {
  await event("diagram.detected", "again-2");
  await event("diagram.completed", "again-2");
  await expect(retry(bus, "again-2", { by, from: "build" })).rejects.toMatchObject({
    code: "STAGE_NOT_REACHED",
  });
  await expect(retry(bus, "again-2", { by, from: "bild" })).rejects.toMatchObject({ code: "STAGE_UNKNOWN" });
  expect(await retry(bus, "again-2", { by, from: "gate-annotation" })).toMatchObject({ generation: 1 });
});

test("a diagram is revoked by uid or by the task it is in, and only while it is not over", async () => {
  await event("diagram.detected", "stop-1");
  await expect(revoke(bus, "segment.stop-1", { by })).rejects.toMatchObject({ code: "TASK_OVER" });
  await revoke(bus, "gate-annotation.stop-1", { by, reason: "wrong file" });
  const run = await readRun(bus, diagramPipeline, "stop-1");
  expect(run.last.body()).toMatchObject({ uid: "stop-1", by, reason: "wrong file" });
  await expect(revoke(bus, "stop-1", { by })).rejects.toMatchObject({ code: "ALREADY_FINISHED" });
  await expect(revoke(bus, "never-was", { by })).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  await expect(revoke(bus, "a b", { by })).rejects.toMatchObject({ code: "BAD_UID" });
});

test("every action is written down with who and why", async () => {
  await event("diagram.detected", "stop-2");
  await revoke(bus, "stop-2", { by: "anna", reason: "test" });
  const entries = [];
  for await (const message of scan(bus, "TASKS", { filters: ["task.audit.>"] })) entries.push(message.json());
  expect(entries).toContainEqual(
    expect.objectContaining({ action: "revoke", target: "stop-2", by: "anna", reason: "test" }),
  );
});

test("removing a diagram that is over takes its objects and messages along; a running one is kept", async () => {
  const done = await submit(bus, { bytes: new Uint8Array(10) });
  const sheet = await artifact(`${done.uid}/ingest/sheet.png`, "x");
  await event("diagram.ingested", done.uid, { artifacts: { "sheet.png": sheet } });
  await expect(remove(bus, done.uid, { by })).rejects.toMatchObject({ code: "STILL_RUNNING" });
  await event("diagram.completed", done.uid, { artifacts: { "sheet.png": sheet } });
  await remove(bus, done.uid, { by });
  await expect(readRun(bus, diagramPipeline, done.uid)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  expect((await (await openObjects(bus, "artifacts")).info(sheet.key))?.deleted ?? true).toBe(true);
  expect((await (await openObjects(bus, "inbox")).info(done.object.slice(6)))?.deleted ?? true).toBe(true);
});

test("a queue shows what waits and how long, and is paused and resumed as a whole", async () => {
  await event("diagram.thinned", "q-1");
  const { classify } = diagramPipeline.stages;
  // The server tells consumers of a message a moment after it has stored it.
  await expect
    .poll(() => readQueue(bus, classify))
    .toMatchObject({ stage: "classify", queue: "gpu", pending: 1, inFlight: 0, paused: false });
  const queue = await readQueue(bus, classify);
  expect(queue.oldestMs).toBeGreaterThanOrEqual(0);
  expect(await pause(bus, "gpu", { by })).toEqual(["detect", "segment", "classify"]);
  expect((await listQueues(bus)).filter((each) => each.paused).map((each) => each.stage)).toEqual([
    "detect",
    "segment",
    "classify",
  ]);
  await resume(bus, "gpu", { by });
  await expect.poll(async () => (await readQueue(bus, classify)).paused).toBe(false);
  await expect(pause(bus, "gpus", { by })).rejects.toMatchObject({ code: "QUEUE_UNKNOWN" });
});

test("purging a stage revokes the diagrams that wait there and no others", async () => {
  await event("diagram.classified", "p-1");
  await event("diagram.classified", "p-2");
  await event("diagram.built", "p-3");
  expect((await purge(bus, "build", { by })).sort()).toEqual(["p-1", "p-2"]);
  expect((await readRun(bus, diagramPipeline, "p-1")).last.type).toBe("diagram.revoked");
  expect((await readRun(bus, diagramPipeline, "p-3")).last.type).toBe("diagram.built");
});

test("all workers of a stage answer a control verb, and none is an error of its own", async () => {
  const workers = ["w1", "w2"].map((worker) =>
    bus.nc.subscribe("penstock.control.detect.ping", {
      callback: (_, message) => {
        message.respond(JSON.stringify({ worker, ...message.json<object>() }));
      },
    }),
  );
  await bus.nc.flush();
  const replies = await control(bus, "detect", "ping", { loud: true });
  expect(replies.map((reply) => reply.worker).sort()).toEqual(["w1", "w2"]);
  expect(replies[0]).toMatchObject({ loud: true });
  for (const worker of workers) worker.unsubscribe();
  await expect(control(bus, "segment", "ping")).rejects.toMatchObject({ code: "NO_WORKERS" });
  await expect(control(bus, "detect", "explode")).rejects.toMatchObject({ code: "VERB_UNKNOWN" });
  expect(await control(bus, "*", "ping")).toEqual([]);
});

test("the trail names the verb a worker was told, and says nothing of one that only looks", async () => {
  const subscriptions = ["grow", "stats"].map((verb) =>
    bus.nc.subscribe(`penstock.control.thin.${verb}`, {
      callback: (_, message) => {
        message.respond(JSON.stringify({ worker: "thin-1", slots: 3 }));
      },
    }),
  );
  await bus.nc.flush();
  await control(bus, "thin", "stats", { worker: "thin-1" }, { by });
  await control(bus, "thin", "grow", { worker: "thin-1", by: 2 }, { by: "anna", reason: "a backlog" });
  for (const subscription of subscriptions) subscription.unsubscribe();
  const entries: unknown[] = [];
  for await (const message of scan(bus, "TASKS", { filters: ["task.audit.worker.>"] }))
    entries.push(message.json());
  expect(entries).toMatchObject([
    {
      action: "worker.grow",
      target: "thin-1",
      by: "anna",
      reason: "a backlog",
      details: { by: 2, workers: 1 },
    },
  ]);
});

test("settings of a stage merge, and two who change at once both win", async () => {
  await Promise.all([
    setStageSettings(bus, "detect", { slots: 2 }, { by }),
    setStageSettings(bus, "detect", { ratePerMinute: 30, options: { slicePx: 640 } }, { by }),
  ]);
  expect(await getStageSettings(bus, "detect")).toEqual({
    slots: 2,
    ratePerMinute: 30,
    options: { slicePx: 640 },
  });
  await expect(setStageSettings(bus, "detect", { slots: 0 }, { by })).rejects.toMatchObject({
    code: "BAD_SETTINGS",
  });
});

/** A dead letter as the runtime leaves it. */
async function dead(run: string, bytes: Uint8Array, code = "UNDECODABLE") {
  const { seq } = await publishRaw(bus, {
    subject: `dead.diagram.ingest.${run}`,
    bytes,
    messageId: `dead.${run}`,
    headers: {
      [DeadHeader.code]: code,
      [DeadHeader.reason]: "POISON",
      [DeadHeader.message]: "no good",
      [DeadHeader.stage]: "ingest",
      [DeadHeader.subject]: `diagram.uploaded.${run}`,
      [DeadHeader.stream]: "DIAGRAM",
      [DeadHeader.sequence]: 1,
      [DeadHeader.deliveries]: 1,
    },
  });
  return seq;
}

test("dead letters are listed, filtered, shown raw, sent again edited, and dropped", async () => {
  const bad = await dead("d-1", Uint8Array.of(0xc1, 0xff));
  const good = await dead("d-2", new TextEncoder().encode('{"object":"inbox/x"}'), "OTHER");
  expect((await listDead(bus)).map((letter) => letter.run)).toEqual(["d-1", "d-2"]);
  expect((await listDead(bus, { code: "OTHER" })).map((letter) => letter.seq)).toEqual([good]);
  expect(await listDead(bus, {}, { after: bad, limit: 1 })).toMatchObject([{ run: "d-2" }]);
  const shown = await showDead(bus, bad);
  expect([...shown.bytes]).toEqual([0xc1, 0xff]);
  expect(shown.body).toBeUndefined();
  expect((await showDead(bus, good)).body).toEqual({ object: "inbox/x" });

  await expect(redrive(bus, bad, { by, body: { nonsense: true } })).rejects.toMatchObject({
    code: "INVALID_MESSAGE",
  });
  const sent = await redrive(bus, bad, { by, body: { object: "inbox/y", uid: "d-1" } });
  expect(sent).toMatchObject({ subject: "diagram.uploaded.d-1", generation: 1 });
  const message = await lastMessage(bus, "DIAGRAM", "diagram.uploaded.d-1");
  expect(message && decodeBody(message.data)).toMatchObject({ object: "inbox/y" });
  await expect(redrive(bus, bad, { by })).rejects.toMatchObject({ code: "DEAD_LETTER_NOT_FOUND" });

  await dropDead(bus, good, { by, reason: "a test" });
  expect(await listDead(bus)).toEqual([]);
});

test("all dead letters of a filter are sent again", async () => {
  for (const run of ["r-1", "r-2"])
    await dead(run, new TextEncoder().encode('{"object":"inbox/x"}'), "STORE_AWAY");
  const { redriven, refused } = await redriveAll(bus, { code: "STORE_AWAY" }, { by });
  expect(redriven.map((each) => each.subject)).toEqual(["diagram.uploaded.r-1", "diagram.uploaded.r-2"]);
  expect(refused).toEqual([]);
  expect(await listDead(bus)).toEqual([]);
});
