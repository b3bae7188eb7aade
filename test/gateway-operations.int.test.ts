import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTracker } from "#services/tracker";
import { type Bus, connectBus, openObjects, publishMessage, reconcileTopology } from "#shared/bus";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { createApp } from "../services/gateway/app.ts";
import { GatewayConfig } from "../services/gateway/config.ts";
import type { App } from "../services/gateway/context.ts";
import { linkTo } from "../services/gateway/link.ts";
import { createGateway } from "../services/gateway/start.ts";
import { temporaryFolder, testServer } from "./support/nats.ts";

const log = createLogger("operations-test");
const opened: AsyncDisposable[] = [];
const use = <T extends AsyncDisposable>(thing: T): T => {
  opened.push(thing);
  return thing;
};
let bus: Bus;
let app: App;
let worker = "";
let detections: Record<string, unknown>;

beforeAll(async () => {
  const folder = use(await temporaryFolder());
  const server = use(await testServer());
  bus = use(await connectBus({ url: server.url, name: "operations-test" }));
  await reconcileTopology(bus, PIPELINES);
  use(await startTracker({ bus, dbPath: join(folder.path, "history.db") }));
  const stage = diagramPipeline.stages["gate-annotation"];
  const module = new URL("../services/gates/annotation.ts", import.meta.url);
  const stages = [{ pipeline: diagramPipeline, stage, module }];
  const running = use(await startStages({ bus, log, version: "1.2.3", stages }));
  worker = running.workers[0]?.id ?? "";
  app = createApp(createGateway(GatewayConfig.parse({}), linkTo(bus), "1.2.3", log));
  const coco = {
    images: [{ id: 1, file_name: "s.png", width: 9, height: 9 }],
    categories: [],
    annotations: [],
  };
  const store = await openObjects(bus, "artifacts");
  const bytes = new TextEncoder().encode(JSON.stringify(coco));
  const { size, digest } = await store.putBlob({ name: "ops/detections.json" }, bytes);
  detections = { "detections.json": { bucket: "artifacts", key: "ops/detections.json", size, digest } };
});
afterAll(async () => {
  for (const each of opened.reverse()) await each[Symbol.asyncDispose]();
});

async function call(method: string, path: string, body?: unknown) {
  const response = await app.request(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return { status: response.status, body: await response.json() };
}
const get = async (path: string) => (await call("GET", path)).body;
const detected = (uid: string, artifacts: Record<string, unknown>) =>
  publishMessage(bus, diagramPipeline, {
    type: "diagram.detected",
    id: uid,
    body: { uid, review: "none", artifacts },
  });
const stateOf = (task: string) =>
  expect.poll(async () => (await get(`/api/tasks/${task}`)).state, { timeout: 60_000 });

test("a task is looked at, edited and retried; what the schema refuses is not sent", async () => {
  await detected("edit-1", {});
  await stateOf("gate-annotation.edit-1").toBe("FAILURE");
  const input = await get("/api/tasks/gate-annotation.edit-1/input");
  expect(input).toMatchObject({
    type: "diagram.detected",
    generation: 0,
    body: { uid: "edit-1", artifacts: {} },
  });
  const retry = (body: unknown) => call("POST", "/api/tasks/gate-annotation.edit-1/retry", body);
  const bad = await retry({ body: { ...input.body, review: "perhaps" } });
  expect(bad).toMatchObject({ status: 400, body: { code: "INVALID_MESSAGE" } });
  const edited = { ...input.body, uid: "another", artifacts: detections };
  const done = await retry({ body: edited, by: "anna", reason: "boxes were missing" });
  expect(done).toMatchObject({ status: 202, body: { uid: "edit-1", generation: 1 } });
  await stateOf("gate-annotation.edit-1.g1").toBe("SUCCESS");
  await expect
    .poll(async () => (await get("/api/audit?action=retry&target=edit-1")).entries)
    .toMatchObject([
      {
        ...{ by: "anna", reason: "boxes were missing", role: "admin" },
        details: { body: { artifacts: detections } },
      },
    ]);
});

test("many tasks are previewed and acted on with a reason; those that cannot be are told apart", async () => {
  for (const uid of ["bulk-1", "bulk-2"]) await detected(uid, {});
  for (const uid of ["bulk-1", "bulk-2"]) await stateOf(`gate-annotation.${uid}`).toBe("FAILURE");
  const filter = { stage: "gate-annotation", state: ["FAILURE"] };
  const act = (body: unknown) => call("POST", "/api/tasks/bulk", body);
  expect((await act({ action: "revoke", filter })).status).toBe(400);
  expect(await act({ action: "retry", filter: {}, reason: "x" })).toMatchObject({
    body: { code: "BULK_NOTHING" },
  });

  const preview = (await act({ action: "retry", filter, reason: "see", dryRun: true })).body;
  // The diagram edited before goes on by now: the preview tells that it would be refused.
  expect(preview).toMatchObject({
    matched: 3,
    done: 0,
    refused: [{ id: "gate-annotation.edit-1", code: "STILL_RUNNING" }],
  });
  expect(preview.sample.map(({ run }: { run: string }) => run)).toEqual(
    expect.arrayContaining(["bulk-1", "bulk-2"]),
  );
  expect((await get("/api/diagrams/bulk-1")).generation).toBe(0);

  const ids = ["gate-annotation.bulk-1", "gate-annotation.bulk-2", "gate-annotation.nobody"];
  const done = (await act({ action: "retry", ids, reason: "again" })).body;
  expect(done).toMatchObject({
    matched: 3,
    done: 2,
    refused: [{ id: "gate-annotation.nobody", code: "RUN_NOT_FOUND" }],
  });
  await expect
    .poll(async () => (await get("/api/audit?action=bulk")).entries, { timeout: 60_000 })
    .toMatchObject([{ reason: "again", details: { action: "retry", matched: 3, done: 2 } }]);
});

test("runs of any pipeline have the verbs of diagrams", async () => {
  await detected("run-1", {});
  await stateOf("gate-annotation.run-1").toBe("FAILURE");
  // Tasks and runs are read from streams of their own: either may be known first.
  await expect
    .poll(async () => (await get("/api/runs?pipeline=diagram&q=run-1")).runs)
    .toMatchObject([{ uid: "run-1", pipeline: "diagram", state: "error" }]);
  expect(await get("/api/runs/diagram/run-1")).toMatchObject({
    uid: "run-1",
    error: { stage: "gate-annotation" },
  });
  expect((await get("/api/runs/diagram/run-1/timeline")).tasks).toHaveLength(1);
  expect(await get("/api/runs/nothing/run-1")).toMatchObject({ status: 404, code: "PIPELINE_UNKNOWN" });
  expect(await get("/api/runs/diagram/a.b")).toMatchObject({ status: 400, code: "BAD_UID" });
  const again = await call("POST", "/api/runs/diagram/run-1/retry", { from: "gate-annotation" });
  expect(again).toMatchObject({ status: 202, body: { generation: 1 } });
  await stateOf("gate-annotation.run-1.g1").toBe("FAILURE");
  expect((await call("DELETE", "/api/runs/diagram/run-1")).status).toBe(200);
  expect((await call("GET", "/api/runs/diagram/run-1")).status).toBe(404);

  await publishMessage(bus, PIPELINES[1], {
    type: "retrain.requested",
    id: "train-1",
    body: { uid: "train-1" },
  });
  await expect
    .poll(async () => (await get("/api/runs/retrain/train-1")).state, { timeout: 60_000 })
    .toBe("requested");
  expect((await call("POST", "/api/runs/retrain/train-1/revoke", { reason: "tests" })).status).toBe(202);
  await expect
    .poll(async () => (await get("/api/runs?pipeline=retrain")).runs, { timeout: 60_000 })
    .toMatchObject([{ uid: "train-1", state: "revoked" }]);
  await stateOf("plan-training.train-1").toBe("REVOKED");
});

test("settings tell what can be set; what a stage does not know is refused, null takes an override away", async () => {
  const rows = (await get("/api/settings")).stages;
  expect(rows).toHaveLength(PIPELINES.flatMap(({ stages }) => Object.keys(stages)).length);
  const gate = rows.find(({ stage }: { stage: string }) => stage === "gate-annotation");
  expect(gate).toMatchObject({
    queue: "light",
    settings: { ratePerMinute: null, autoscale: null, options: {} },
    options: [{ name: "threshold", type: "number", default: "0.8" }],
  });
  const patch = (body: unknown) => call("PATCH", "/api/settings/gate-annotation", body);
  const set = await patch({
    ratePerMinute: 600,
    options: { threshold: 0.9 },
    by: "anna",
    reason: "stricter",
  });
  expect(set.body.settings).toMatchObject({ ratePerMinute: 600, options: { threshold: 0.9 } });
  expect(await patch({ options: { threshold: 7 } })).toMatchObject({
    status: 400,
    body: { code: "BAD_SETTINGS" },
  });
  expect((await patch({ options: { colour: 1 } })).body.detail).toContain("threshold");
  const unset = await patch({ ratePerMinute: null, options: { threshold: null } });
  expect(unset.body.settings).toMatchObject({ ratePerMinute: null, options: {} });
  await expect
    .poll(async () => (await get("/api/audit?action=settings&by=anna")).entries, { timeout: 60_000 })
    .toMatchObject([
      { target: "gate-annotation", reason: "stricter", details: { change: { ratePerMinute: 600 } } },
    ]);
});

test("one worker takes nothing, takes again with what it had, and gets new executors; the trail names each", async () => {
  const tell = (verb: string) => call("POST", `/api/workers/${worker}/${verb}`, { by: "anna", reason: verb });
  const slots = diagramPipeline.stages["gate-annotation"].concurrency;
  expect((await tell("cancel-consumer")).body).toMatchObject({ worker, slots: 0 });
  expect((await tell("add-consumer")).body).toMatchObject({ worker, slots });
  expect((await tell("restart")).body).toMatchObject({ worker, executors: expect.any(Number) });
  const flower = (way: string) => call("POST", `/api/worker/queue/${way}/${worker}?queue=light`);
  await expect.poll(() => flower("cancel-consumer")).toMatchObject({ status: 200 });
  expect((await flower("add-consumer")).body.message).toBe("add consumer light");
  expect((await tell("add-consumer")).body).toMatchObject({ slots });
  const told = async () => (await get("/api/audit?action=worker.*&by=anna")).entries;
  await expect
    .poll(async () => (await told()).map(({ action }: { action: string }) => action), { timeout: 60_000 })
    .toEqual(["worker.add-consumer", "worker.restart", "worker.add-consumer", "worker.cancel-consumer"]);
  expect((await told())[3]).toMatchObject({ target: worker, role: "admin", reason: "cancel-consumer" });
});

test("one worker is told to grow, to shrink and to scale itself; a stranger is not found", async () => {
  const tell = (verb: string, body: unknown = {}) => call("POST", `/api/workers/${worker}/${verb}`, body);
  const slots = diagramPipeline.stages["gate-annotation"].concurrency;
  expect((await tell("grow", { n: 2 })).body).toMatchObject({ worker, slots: slots + 2 });
  expect((await tell("shrink", { by: 1 })).body).toMatchObject({ slots: slots + 1 });
  expect((await tell("autoscale", { min: 1, max: 3 })).body).toMatchObject({ autoscale: { min: 1, max: 3 } });
  expect(await tell("autoscale", { min: 5, max: 3 })).toMatchObject({
    status: 409,
    body: { code: "CONTROL_REFUSED", detail: expect.stringContaining("min 5") },
  });
  expect((await tell("rate-limit", { ratePerMinute: 300 })).body).toMatchObject({
    stage: "gate-annotation",
    settings: { ratePerMinute: 300 },
  });
  expect(await call("POST", "/api/workers/nobody/grow")).toMatchObject({ status: 404 });
  await expect
    .poll(async () => (await get("/api/v1/workers")).workers)
    .toMatchObject([{ worker, stage: "gate-annotation", online: true }]);
});
