import { hostname } from "node:os";
import { toHeaders } from "#shared/bus";
import { encodeBody } from "#shared/codec";
import type { WorkerBeat } from "#shared/messages";
import type { StageWorker } from "./worker.ts";

const EVERY_MS = 5_000;

/** What a worker says about itself: in its beats, to `stats`, and to `nats micro stats`. */
export function describeWorker(worker: StageWorker, version: string): WorkerBeat {
  const cpu = process.cpuUsage();
  return {
    worker: worker.id,
    host: hostname(),
    pid: process.pid,
    stage: worker.stage.name,
    queue: worker.stage.queue,
    slots: worker.slots,
    active: worker.active.size,
    ...worker.counts,
    residentBytes: process.memoryUsage.rss(),
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    startedAt: worker.startedAt,
    at: Date.now(),
    state: worker.state,
    version,
    ...(Object.keys(worker.models.used).length > 0 ? { models: worker.models.used } : {}),
    ...(Object.keys(worker.models.troubles).length > 0 ? { troubles: worker.models.troubles } : {}),
  };
}

/** Sends a sign of life now and every few seconds; the stream keeps the last of each worker, for a day. */
export function startBeats(worker: StageWorker, version: string): { beat(): void; stop(): void } {
  const beat = () => {
    const { bytes, contentType } = encodeBody(describeWorker(worker, version), worker.bus.codec);
    const headers = toHeaders({ "Content-Type": contentType, "Nats-Rollup": "sub", "Nats-TTL": "24h" });
    if (!worker.bus.nc.isClosed()) worker.bus.nc.publish(`task.worker.${worker.id}`, bytes, { headers });
  };
  beat();
  worker.onSlots(beat);
  const timer = setInterval(beat, EVERY_MS);
  timer.unref();
  return { beat, stop: () => clearInterval(timer) };
}
