/**
 * Fills a real stream with the lifecycle events of 100,000 tasks, lets a tracker read them, and times pages of tasks through
 * the gateway: server time, from request to whole answer, without a socket.
 * Run: npx tsx bench/history/over-http.ts [tasks]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectBus, publishRaw, reconcileTopology } from "#shared/bus";
import { encodeBody } from "#shared/codec";
import { taskId } from "#shared/history";
import type { TaskEvent } from "#shared/messages";
import { startNatsServer } from "#shared/nats-server";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { createLogger } from "#shared/telemetry";
import { createApp } from "../../services/gateway/app.ts";
import { GatewayConfig } from "../../services/gateway/config.ts";
import { linkTo } from "../../services/gateway/link.ts";
import { createGateway } from "../../services/gateway/start.ts";
import { startTracker } from "../../services/tracker/start-tracker.ts";

const count = Number(process.argv[2] ?? 100_000);
const stages = Object.values(diagramPipeline.stages);
const folder = await mkdtemp(join(tmpdir(), "penstock-bench-"));
const server = await startNatsServer({ storeDir: join(folder, "nats") });
const bus = await connectBus({ url: server.url, name: "bench" });
await reconcileTopology(bus, PIPELINES);

/** Three events for each task; one task in fifty fails. */
function eventsOf(n: number): TaskEvent[] {
  const stage = stages[n % stages.length]!;
  const run = `run-${Math.floor(n / stages.length).toString(36)}`;
  const at = Date.now() - (count - n) * 30;
  const event = {
    task: taskId(stage.name, run, 0),
    pipeline: "diagram",
    stage: stage.name,
    queue: stage.queue,
    run,
    ...{ generation: 0, attempt: 1, seq: n + 1, worker: `${stage.name}-${n % 4}` },
  };
  const args = JSON.stringify({ uid: run, name: `pump ${n % 977}`, review: "auto" });
  const error = { kind: "permanent", code: "IMAGE_TRUNCATED", message: `cut at byte ${n}`, name: "Error" };
  return [
    { ...event, kind: "received", at, args },
    { ...event, kind: "started", at: at + 3, waitMs: 3 },
    n % 50 === 0
      ? { ...event, kind: "failed", at: at + 200, runtimeMs: 197, error }
      : {
          ...event,
          kind: "succeeded",
          at: at + 200,
          runtimeMs: 50 + ((n * 31) % 900),
          result: stage.gives[0]!,
        },
  ];
}

for (let n = 0; n < count; n += 130) {
  const events = Array.from({ length: Math.min(130, count - n) }, (_, i) => eventsOf(n + i)).flat();
  const { bytes, contentType } = encodeBody({ worker: "bench", host: "bench", events }, bus.codec);
  const headers = { "Content-Type": contentType };
  await publishRaw(bus, { subject: "task.events.bench", bytes, headers, messageId: `bench.${n}` });
}
const tracker = await startTracker({ bus, dbPath: join(folder, "history.db") });
const began = Date.now();
while (tracker.history.size().tasks < count) await new Promise((resolve) => setTimeout(resolve, 500));
console.log(`${count} tasks, read by the tracker in ${((Date.now() - began) / 1000).toFixed(0)} s`);

const app = createApp(createGateway(GatewayConfig.parse({}), linkTo(bus), "bench", createLogger("bench")));
for (const path of [
  "/api/v1/tasks?limit=50",
  "/api/v1/tasks?limit=50&state=FAILURE",
  "/api/v1/tasks?limit=50&stage=detect&state=SUCCESS",
  "/api/v1/tasks?limit=50&sort=runtime",
  "/api/v1/tasks?limit=50&sort=-received",
  "/api/v1/tasks?limit=50&q=pump",
  "/api/tasks?limit=50",
  "/api/tasks?limit=50&sort_by=received",
  "/api/tasks",
  "/api/overview",
]) {
  const times: number[] = [];
  for (let i = 0; i < (path === "/api/tasks" ? 3 : 20); i++) {
    const from = performance.now();
    const response = await app.request(path);
    const { length } = await response.text();
    times.push(performance.now() - from);
    if (!response.ok || length < 100) throw new Error(`${path}: ${response.status}`);
  }
  const [first] = times;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1);
  console.log(`${path.padEnd(55)} first ${first!.toFixed(1)} ms, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
}
await tracker.close();
await bus.close();
await server.stop();
await rm(folder, { recursive: true, force: true });
