import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Bus, connectBus, publishMessage, reconcileTopology } from "#shared/bus";
import { inSpan, startTracing } from "#shared/telemetry";
import { startCollector } from "#test/collector";
import { eventually, testServer } from "#test/nats";
import { toyPipeline } from "#test/toy/pipeline";
import { bodyOf, startToy } from "#test/toy/start";

let server: Awaited<ReturnType<typeof testServer>>;
let collector: Awaited<ReturnType<typeof startCollector>>;
let bus: Bus;
let toy: Awaited<ReturnType<typeof startToy>>;
let stopTracing: () => Promise<void>;

beforeAll(async () => {
  collector = await startCollector();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url);
  stopTracing = await startTracing("toy", "1.2.3");
  server = await testServer();
  bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, [toyPipeline]);
  toy = await startToy(server.url);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await toy?.[Symbol.asyncDispose]();
  await stopTracing?.();
  await bus?.close();
  await server?.[Symbol.asyncDispose]();
  await collector?.[Symbol.asyncDispose]();
});

const handIn = (uid: string, body: Record<string, unknown>) =>
  inSpan({ name: "submit", kind: "producer" }, ({ traceparent }) =>
    publishMessage(bus, toyPipeline, {
      type: "toy.begun",
      id: uid,
      body: { uid, n: 1, ...body },
      traceparent,
    }),
  );

/** The spans of a run, oldest first, once there are as many as expected. */
const spansOf = (uid: string, count: number) =>
  eventually(`${count} spans of ${uid}`, async () => {
    const own = collector.spans.find((span) => span.attributes["penstock.run"] === uid);
    const trace = collector.spans.filter((span) => span.traceId === own?.traceId);
    trace.sort((a, b) => Number(a.startTimeUnixNano - b.startTimeUnixNano));
    return trace.length >= count ? trace : null;
  });

it("makes one trace of a run: each stage's span is a child of what handed it the message", async () => {
  await handIn("traced", {});
  await eventually("finished", () => bodyOf(bus, "toy.finished.traced"));
  const [submit, add, finish, ...more] = await spansOf("traced", 3);
  expect(more).toEqual([]);
  expect([submit?.name, add?.name, finish?.name]).toEqual(["submit", "add", "finish"]);
  expect(submit?.parentSpanId ?? "").toBe("");
  expect(add?.parentSpanId).toBe(submit?.spanId);
  expect(finish?.parentSpanId).toBe(add?.spanId);
  expect(finish?.service).toBe("toy");
  expect(add?.attributes).toMatchObject({
    "messaging.system": "nats",
    "messaging.destination.name": "toy.begun.traced",
    "penstock.task": "add.traced",
    "penstock.attempt": 1,
  });
  expect(collector.refused).toEqual([]);
});

it("gives each attempt its own span, failed ones with the error's code", async () => {
  await handIn("twice", { do: "fail-once" });
  await eventually("finished", () => bodyOf(bus, "toy.finished.twice"));
  const spans = await spansOf("twice", 4);
  const [first, second] = spans.filter((span) => span.name === "add");
  expect(first?.status.code).toBe(2);
  expect(first?.attributes["error.type"]).toBeDefined();
  expect(second?.status.code ?? 0).toBe(0);
  expect(second?.attributes["penstock.attempt"]).toBe(2);
  expect(first?.parentSpanId).toBe(second?.parentSpanId);
  expect(spans.find((span) => span.name === "finish")?.parentSpanId).toBe(second?.spanId);
});
