import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bus, connectBus, reconcileTopology } from "#shared/bus";
import { freezeDataset } from "#shared/learn";
import { listArtifacts } from "#shared/operate";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { madeUpFiles, someSmall, storeDiagram, storeValidated } from "#test/made-up-diagram";
import { heavyLibraries } from "#test/native-libraries";
import { eventually, temporaryFolder, testServer } from "#test/nats";
import { trainAndPromote } from "#test/train-model";
import { createApp } from "../../services/gateway/app.ts";
import { GatewayConfig } from "../../services/gateway/config.ts";
import type { App } from "../../services/gateway/context.ts";
import { linkTo } from "../../services/gateway/link.ts";
import { Looker } from "../../services/gateway/looking/looker.ts";
import { createGateway } from "../../services/gateway/start.ts";
import { startTracker } from "../../services/tracker/start-tracker.ts";

let server: Awaited<ReturnType<typeof testServer>>;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let tracker: Awaited<ReturnType<typeof startTracker>>;
let bus: Bus;
let app: App;

beforeAll(async () => {
  server = await testServer();
  folder = await temporaryFolder();
  bus = await connectBus({ url: server.url, name: "review-test" });
  await reconcileTopology(bus, PIPELINES);
  tracker = await startTracker({
    bus,
    dbPath: `${folder.path}/history.db`,
    pipelines: [diagramPipeline],
    tickMs: 250,
  });
  app = createApp(createGateway(GatewayConfig.parse({}), linkTo(bus), "1.2.3", createLogger("review-test")));
});
afterAll(async () => {
  await tracker?.close();
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const get = async (path: string) => {
  const response = await app.request(path);
  expect(response.status).toBe(200);
  return response.json();
};

interface Queue {
  diagrams: {
    uid: string;
    gate: string;
    confidence: number | null;
    expectedCorrections: number | null;
    outdated: boolean;
  }[];
  orderedBy: string;
  total: number;
}

/** The queue, once it holds so many. */
const queue = (query: string, count: number) =>
  eventually(`${count} waiting`, async () => {
    const found = (await get(`/api/review${query}`)) as Queue;
    return found.diagrams.length === count ? found : null;
  });

const wait = (uid: string, gate: "annotation" | "graph", more: object) =>
  storeDiagram(bus, uid, `diagram.awaiting_${gate}`, {}, { review: "manual", ...more });

it("orders the queue by the least certain item, and by expected corrections where models have said", async () => {
  await wait("sure", "annotation", { confidence: { annotation: 0.7 } });
  await wait("unsure", "annotation", { confidence: { annotation: 0.2 } });
  await storeDiagram(bus, "moving", "diagram.detected", {}, {});
  const plain = await queue("", 2);
  expect(plain).toMatchObject({ orderedBy: "confidence", total: 2 });
  expect(plain.diagrams.map(({ uid }) => uid)).toEqual(["unsure", "sure"]);

  await wait("little", "annotation", {
    confidence: { annotation: 0.1 },
    counts: { expectedCorrections: 0.5 },
  });
  await wait("much", "graph", { confidence: { graph: 0.9 }, counts: { expectedCorrections: 7 } });
  const ranked = await queue("", 4);
  expect(ranked.orderedBy).toBe("ranking");
  expect(
    ranked.diagrams.map(({ uid, gate, expectedCorrections }) => [uid, gate, expectedCorrections]),
  ).toEqual([
    ["much", "graph", 7],
    ["little", "annotation", 0.5],
    ["unsure", "annotation", null],
    ["sure", "annotation", null],
  ]);
  expect((await queue("?gate=graph", 1)).diagrams[0]!.confidence).toBe(0.9);
});

it("suggests nothing before a model is promoted, and nothing for a diagram without boxes", async () => {
  const files = await madeUpFiles({ uid: "s1", columns: 6, rows: 4, isSmall: someSmall("s1"), score: 0.4 });
  await storeDiagram(bus, "s1", "diagram.awaiting_annotation", files, { review: "manual" });
  expect(await get("/api/diagrams/s1/suggestions")).toEqual({ suggestions: [] });
  expect((await app.request("/api/diagrams/nobody/suggestions")).status).toBe(404);
});

it("suggests classes for the doubtful boxes, and loads no image or model library itself", async () => {
  for (let i = 0; i < 10; i++)
    await storeValidated(bus, { uid: `d${i}`, columns: 6, rows: 4, isSmall: someSmall(`d${i}`) });
  await freezeDataset(bus, { models: ["recommendation", "clustering"] });
  await trainAndPromote(server.url, "recommendation", folder.path);
  const { suggestions } = await get("/api/diagrams/s1/suggestions");
  // All 23 claims are below what a detector is believed.
  expect(suggestions).toHaveLength(23);
  const classOf = (id: number) =>
    suggestions.find((each: { id: number }) => each.id === id)?.classes[0].class;
  // Places 0 and 1 are large; 2 and 5 are small, and whatever people made of such, a gate valve it was never.
  expect([classOf(1), classOf(2)]).toEqual(["gate_valve", "gate_valve"]);
  for (const id of [3, 6]) expect(["no symbol", "globe_valve"]).toContain(classOf(id));
  expect(suggestions[0]).toMatchObject({ class: "gate_valve", score: 0.4, right: null, family: null });
  expect((await app.request("/api/diagrams/sure/suggestions")).status).toBe(200);
  expect(heavyLibraries()).toEqual([]);
}, 300_000);

it("ranks anew what waits when another model is promoted, without touching the diagrams", async () => {
  const boxes = (uid: string, isSmall: (place: number) => boolean) =>
    madeUpFiles({ uid, columns: 6, rows: 4, isSmall, score: 0.9 });
  const counts = (expectedCorrections: number) => ({
    counts: { expectedCorrections },
    models: { ranking: "v0" },
  });
  // An older model had it the wrong way round.
  await storeDiagram(bus, "r-few", "diagram.awaiting_annotation", await boxes("r-few", () => false), {
    ...{ review: "manual", confidence: { annotation: 0.9 }, ...counts(50) },
  });
  await storeDiagram(
    bus,
    "r-many",
    "diagram.awaiting_annotation",
    await boxes("r-many", (place) => place % 2 === 1),
    {
      ...{ review: "manual", confidence: { annotation: 0.9 }, ...counts(0.1) },
    },
  );
  const ours = async () =>
    ((await get("/api/review")) as Queue).diagrams.filter(({ uid }) => uid.startsWith("r-"));
  await eventually("both wait", async () => (await ours()).length === 2);
  const last = async (uid: string) => (await get(`/api/diagrams/${uid}`)).updated;
  const before = [await last("r-few"), await last("r-many")];
  for (let i = 0; i < 10; i++)
    await storeValidated(bus, {
      ...{ uid: `ranked${i}`, columns: 6, rows: 4 },
      isSmall: (place) => place % (2 + (i % 5) ** 2) === 0,
    });
  await freezeDataset(bus, { models: ["ranking"] });
  await trainAndPromote(server.url, "ranking", folder.path);
  const now = await eventually(
    "estimates by the new model",
    async () => {
      const found = await ours();
      return found.every(({ outdated }) => !outdated) ? found : null;
    },
    120_000,
  );
  expect(now.map(({ uid }) => uid)).toEqual(["r-many", "r-few"]);
  expect(now[0]!.expectedCorrections! - now[1]!.expectedCorrections!).toBeGreaterThan(3);
  expect([await last("r-few"), await last("r-many")]).toEqual(before);
  expect(heavyLibraries()).toEqual([]);
}, 300_000);

it("looks with one warm program, which ends when nobody asks, and is started anew after its death", async () => {
  await using looker = new Looker({ idleMs: 1_000, waiting: 1 });
  const { "sheet.png": sheet, "detections.json": claims } = await listArtifacts(bus, "s1");
  const ask = () => looker.suggest({ url: server.url, sheet: sheet!, claims: claims! }, () => undefined);
  expect(looker.pid).toBeUndefined();
  expect(await ask()).toHaveLength(23);
  const first = looker.pid!;
  expect(await ask()).toHaveLength(23);
  expect(looker.pid).toBe(first);

  const running = ask();
  const waiting = ask();
  await expect(ask()).rejects.toMatchObject({ code: "SUGGESTIONS_BUSY" });
  process.kill(first, "SIGKILL");
  await expect(running).rejects.toMatchObject({ code: "SUGGESTIONS_FAILED" });
  expect(await waiting).toHaveLength(23);
  const second = looker.pid!;
  expect(second).not.toBe(first);

  await eventually("its end", () => looker.pid === undefined);
  expect(() => process.kill(second, 0)).toThrow("ESRCH");
  expect(await ask()).toHaveLength(23);
}, 300_000);

it("says so when a sheet cannot be read", async () => {
  const files = await madeUpFiles({ uid: "s2", columns: 6, rows: 4, isSmall: () => false, score: 0.4 });
  await storeDiagram(bus, "s2", "diagram.awaiting_annotation", { ...files, "sheet.png": "no picture" }, {});
  const response = await app.request("/api/diagrams/s2/suggestions");
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await response.json()).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
  expect(heavyLibraries()).toEqual([]);
}, 180_000);
