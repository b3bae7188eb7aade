import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { z } from "zod";
import { putObject } from "#shared/artifacts";
import { type Bus, connectBus, lastMessage, openKv, reconcileTopology } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { freezeDataset } from "#shared/learn";
import { DiagramEvent, type TaskEvents } from "#shared/messages";
import { promoteModel, readVersion } from "#shared/models";
import { diagramPipeline } from "#shared/pipeline";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { type MadeUp, madeUpFiles, someSmall, storeDiagram, storeValidated } from "#test/made-up-diagram";
import { heavyLibraries } from "#test/native-libraries";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { trainAndPromote } from "#test/train-model";

let server: Awaited<ReturnType<typeof testServer>>;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let bus: Bus;
let running: Awaited<ReturnType<typeof startStages>>;
/** Lines of task logs. */
const lines: string[] = [];
const PATIENCE_MS = 120_000;
const size = { columns: 6, rows: 4 };

beforeAll(async () => {
  server = await testServer();
  folder = await temporaryFolder();
  bus = await connectBus({ url: server.url, name: "gates-test" });
  await reconcileTopology(bus, [diagramPipeline]);
  for (let i = 0; i < 10; i++)
    await storeValidated(bus, {
      ...size,
      uid: `d${i}`,
      isSmall: (place) => place % (2 + (i % 5) ** 2) === 0,
    });
  await freezeDataset(bus, { models: ["regression", "ranking"] });
  running = await startStages({
    bus,
    stages: (["annotation", "graph"] as const).map((module) => ({
      pipeline: diagramPipeline,
      stage: diagramPipeline.stages[`gate-${module}`],
      module: new URL(`../../services/gates/${module}.ts`, import.meta.url),
    })),
    log: createLogger("gates-test"),
    version: "0.0.1",
    executors: 1,
    executorEnv: { MODEL_CACHE_DIR: folder.path },
  });
  bus.nc.subscribe("task.events.>", {
    callback(_, { data, headers }) {
      const batch = decodeBody(data, headers?.get("content-type") || undefined) as z.infer<typeof TaskEvents>;
      for (const { log = [] } of batch.events) lines.push(...log.map(({ message }) => message));
    },
  });
});
afterAll(async () => {
  await running?.stop(0);
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const large = (uid: string, score: number): MadeUp => ({
  uid,
  columns: 6,
  rows: 4,
  isSmall: () => false,
  score,
});
const mixed = (uid: string, score: number): MadeUp => ({ ...large(uid, score), isSmall: someSmall(uid) });

/** Trains and promotes a model, and waits until the workers have heard of it. @returns its version */
async function live(model: "regression" | "ranking"): Promise<string> {
  const version = await trainAndPromote(server.url, model, folder.path);
  await eventually("the workers know", () =>
    running.workers.every((worker) => worker.live.of(model)?.version === version),
  );
  return version;
}

/** Brings a diagram to a gate in review auto, with the raw score as its confidence; gives what the gate says. */
async function decide(made: MadeUp, gate: "annotation" | "graph" = "annotation", review = "auto") {
  const files = await madeUpFiles(made);
  await storeDiagram(bus, made.uid, gate === "graph" ? "diagram.built" : "diagram.detected", files, {
    review: review as "auto",
    confidence: { [gate]: made.score! },
  });
  const passed = gate === "graph" ? "diagram.graph_validated" : "diagram.annotated";
  return eventually(
    `a decision on ${made.uid}`,
    async () => {
      for (const type of [passed, `diagram.awaiting_${gate}`]) {
        const message = await lastMessage(bus, diagramPipeline.stream, `${type}.${made.uid}`);
        if (message) return { passed: type === passed, event: DiagramEvent.parse(decodeBody(message.data)) };
      }
      return null;
    },
    PATIENCE_MS,
  );
}

it("decides by the raw scores on the worker's own loop while no model is live", async () => {
  expect((await decide(mixed("raw1", 0.95))).passed).toBe(true);
  expect((await decide(large("raw2", 0.5))).passed).toBe(false);
  expect(running.pool.pids()).toEqual([]);
});

it("passes what a live model holds to be right, keeps what it does not, and computes in an executor", async () => {
  const version = await live("regression");
  const sure = await decide(large("m1", 0.5));
  expect(sure).toMatchObject({ passed: true, event: { models: { regression: version } } });
  expect(sure.event.confidence.annotation).toBeGreaterThan(0.8);
  const doubtful = await decide(mixed("m2", 0.95));
  expect(doubtful).toMatchObject({ passed: false, event: { models: { regression: version } } });
  expect(doubtful.event.confidence.annotation).toBeLessThan(0.5);
  expect(running.pool.pids()).toHaveLength(1);
  expect(heavyLibraries()).toEqual([]);
}, 300_000);

it("asks it about the graph too: the third line was always wrong", async () => {
  const { passed, event } = await decide(large("m3", 0.95), "graph");
  expect(passed).toBe(false);
  expect(event.confidence.graph).toBeLessThan(0.7);
  expect(event.counts.expectedCorrections).toBeGreaterThan(0.3);
});

it("says how many corrections a waiting diagram needs, more for those with more mistakes", async () => {
  const version = await live("ranking");
  const need = async (made: MadeUp) => {
    const { passed, event } = await decide(made, "annotation", "manual");
    expect(passed).toBe(false);
    expect(event.models.ranking).toBe(version);
    // In review manual the raw score stays: nothing is decided by it.
    expect(event.confidence.annotation).toBe(0.9);
    return event.counts.expectedCorrections!;
  };
  const [few, many] = [
    await need({ ...large("need1", 0.9), isSmall: (place) => place === 3 }),
    await need({ ...large("need2", 0.9), isSmall: (place) => place % 2 === 1 }),
  ];
  expect(many).toBeGreaterThan(few + 3);
  expect(heavyLibraries()).toEqual([]);
}, 300_000);

it("decides as before, and says so, when the live model cannot be used", async () => {
  const kv = await openKv(bus, "models");
  const good = (await readVersion(bus, "regression", "v1")).value!;
  const bytes = new Uint8Array(good.size);
  await putObject(bus, "models", "versions/regression/v9.onnx", [bytes]);
  const digest = createHash("sha256").update(bytes).digest("hex");
  await kv.put("regression.v9", JSON.stringify({ ...good, version: "v9", digest }));
  const change = { version: "v9", at: Date.now(), by: "hand", reason: null };
  await kv.put("regression", JSON.stringify({ ...change, previous: null, history: [change] }));
  await eventually("the record", () => running.workers[0]!.liveModels().regression?.version === "v9");
  const { passed, event } = await decide(mixed("m4", 0.95));
  expect(passed).toBe(true);
  expect(event.confidence.annotation).toBe(0.95);
  expect(event.models.regression).toBeUndefined();
  await eventually("the warning", () =>
    lines.some((line) => line.startsWith("model regression was not used: ")),
  );
  await promoteModel(bus, "regression", { version: "v1", by: "test" });
  await eventually("the good one", () => running.workers[0]!.liveModels().regression?.version === "v1");
  expect((await decide(mixed("m5", 0.95))).passed).toBe(false);
}, 300_000);
