import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Bus } from "#shared/bus";
import { startTracing } from "#shared/telemetry";
import { startCollector } from "#test/collector";
import { eventually } from "#test/nats";
import { declareFan } from "#test/toy/fan/pipeline";
import { ask, fanBody, startFan } from "#test/toy/fan/start";
import { withBus } from "#test/with-bus";

let collector: Awaited<ReturnType<typeof startCollector>>;
let stopTracing: () => Promise<void>;
beforeAll(async () => {
  collector = await startCollector();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url);
  stopTracing = await startTracing("fan", "1.2.3");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stopTracing?.();
  await collector?.[Symbol.asyncDispose]();
});

describe.each(["atomic", "logged"] as const)("the trace of a group stored as %s", (fanOut) => {
  const pipeline = declareFan(fanOut);
  let bus: Bus;
  let fan: Awaited<ReturnType<typeof startFan>>;
  withBus([pipeline], async (own) => {
    ({ bus } = own);
    fan = await startFan(own.server.url, pipeline);
  });
  afterAll(() => fan?.[Symbol.asyncDispose]());

  /** The spans of a run's trace by name, once those of all its parts, its join and its last stage have come. */
  const traceOf = (run: string, parts: number) =>
    eventually(`the trace of ${run}`, () => {
      const own = collector.spans.find((span) => span.attributes["penstock.task"] === `fan-plan.${run}`);
      const trace = collector.spans.filter((span) => span.traceId === own?.traceId);
      const named = (name: string) => trace.filter((span) => span.name === name);
      const joined = named("fan-join").some(({ status }) => status.code !== 2);
      return joined && named("fan-sum").length > 0 && named("fan-work").length >= parts ? named : null;
    });

  it("leads from the callback to every part: the join is linked with what its parts did", async () => {
    const run = `linked-${fanOut}`;
    await ask(bus, pipeline, run, { pieces: { a: { n: 1 }, b: { n: 2 }, c: { n: 4 } } });
    expect(await eventually("the sum", () => fanBody(bus, `fan.summed.${run}`))).toMatchObject({ sum: 7 });
    const named = await traceOf(run, 3);
    const [plan] = named("fan-plan");
    const parts = named("fan-work");
    const [join, ...others] = named("fan-join").filter(({ status }) => status.code !== 2);
    const [callback] = named("fan-sum");
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(part.parentSpanId).toBe(plan?.spanId);
    expect(others).toEqual([]);
    expect(join?.links.map(({ spanId }) => spanId).sort()).toEqual(parts.map(({ spanId }) => spanId).sort());
    expect(new Set(join?.links.map(({ traceId }) => traceId))).toEqual(new Set([plan?.traceId]));
    expect(join?.parentSpanId).toBe(plan?.spanId);
    expect(join?.attributes).toMatchObject({ "penstock.run": run, "penstock.outcome": "success" });
    expect(callback?.parentSpanId).toBe(join?.spanId);
    expect(collector.refused).toEqual([]);
  });

  it("links a part that was lost too, by the attempt that gave up", async () => {
    const run = `partly-${fanOut}`;
    const pieces = { a: { n: 1 }, b: { n: 2, do: "permanent" } };
    await ask(bus, pipeline, run, { pieces, policy: { atLeast: 1 } });
    expect(await eventually("the sum", () => fanBody(bus, `fan.summed.${run}`))).toMatchObject({ sum: 1 });
    const named = await traceOf(run, 2);
    const parts = named("fan-work").map(({ spanId }) => spanId);
    const [join] = named("fan-join").filter(({ status }) => status.code !== 2);
    expect(parts).toHaveLength(2);
    expect(join?.links.map(({ spanId }) => spanId).sort()).toEqual(parts.sort());
  });
});
