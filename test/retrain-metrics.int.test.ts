import { join } from "node:path";
import { expect, it } from "vitest";
import { startExporter } from "#services/exporter";
import { startTracker } from "#services/tracker";
import { connectBus, publishMessage, reconcileTopology } from "#shared/bus";
import { PIPELINES, retrainPipeline } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { eventually, testServer } from "#test/nats";
import { readMetrics } from "../services/exporter/test-support/read-metrics.ts";

it("Prometheus sees retrainings by state, how long the last one took and when it ended", async () => {
  await using server = await testServer();
  const bus = await connectBus({ url: server.url, name: "test" });
  await reconcileTopology(bus, PIPELINES);
  const log = createLogger("test");
  const tracker = await startTracker({ bus, dbPath: join(server.storeDir, "history.db"), log });
  const exporter = await startExporter({ bus, port: 0, refreshMs: 200, snapshotMs: 200 });
  try {
    const event = (type: string, id: string, body: object = {}) =>
      publishMessage(bus, retrainPipeline, { type, id, body: { uid: id, ...body } });
    const shows = async (expected: Record<string, number>) =>
      eventually(JSON.stringify(expected), async () => {
        const metrics = await readMetrics(exporter.url);
        const right = Object.entries(expected).every(([name, value]) => metrics?.get(name) === value);
        return right ? metrics : null;
      });
    const none = await shows({ 'penstock_retrain_runs{state="training"}': 0 });
    expect([...none.keys()].filter((name) => name.startsWith("penstock_retrain_last"))).toEqual([]);

    const { seq } = await event("retrain.requested", "r1");
    await event("retrain.planned", "r1");
    await event("retrain.requested", "r2");
    await event("retrain.skipped", "r2", { code: "RUN_ALREADY_GOING", reason: "r1 is going" });
    await shows({
      'penstock_retrain_runs{state="training"}': 1,
      'penstock_retrain_runs{state="skipped"}': 1,
      'penstock_retrain_runs{state="completed"}': 0,
    });
    const completed = await event("retrain.completed", "r1");
    const metrics = await shows({
      'penstock_retrain_runs{state="training"}': 0,
      'penstock_retrain_runs{state="completed"}': 1,
    });
    const storedAt = async (at: number) =>
      (await bus.jsm.streams.getMessage("RETRAIN", { seq: at }))!.time.getTime() / 1_000;
    const [began, ended] = [await storedAt(seq), await storedAt(completed.seq)];
    expect(metrics.get("penstock_retrain_last_completed_timestamp_seconds")).toBeCloseTo(ended, 1);
    expect(metrics.get("penstock_retrain_last_duration_seconds")).toBeCloseTo(ended - began, 1);
  } finally {
    await exporter.close();
    await tracker.close();
    await bus.close();
  }
});
