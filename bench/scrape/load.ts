import { z } from "zod";
import { type Bus, publishRaw } from "#shared/bus";
import { encodeBody } from "#shared/codec";
import { DiagramFailed, DiagramRevoked, type TaskEvent, type WorkerBeat } from "#shared/messages";
import { definePipeline, type Pipeline } from "#shared/pipeline";

const Anything = z.object({}).loose();

/** A pipeline of many stages, one after the other, for the sake of their names. */
export function manyStages(count: number): Pipeline {
  const name = (index: number) => `many.m${index}`;
  const numbers = Array.from({ length: count }, (_, index) => index);
  const messages = Object.fromEntries([
    ...[...numbers, count].map((index) => [
      name(index),
      {
        schema: Anything,
        state: `m${index}`,
        summary: "a step",
        anonymous: index === 0,
        final: index === count,
      },
    ]),
    ["many.failed", { schema: DiagramFailed, state: "error", final: true, summary: "failed" }],
    ["many.revoked", { schema: DiagramRevoked, state: "revoked", final: true, summary: "revoked" }],
  ]);
  const stages = Object.fromEntries(
    numbers.map((index) => [
      `stage-${index}`,
      {
        service: "many",
        takes: [name(index)],
        gives: [name(index + 1)],
        queue: (["default", "gpu", "light"] as const)[index % 3]!,
        summary: "One of many.",
      },
    ]),
  );
  return definePipeline({
    ...{ name: "many", stream: "MANY", failed: "many.failed", revoked: "many.revoked", messages, stages },
  } as never) as unknown as Pipeline;
}

/** Publishes a life of tasks for every stage on every worker, failures and retries among them, and each worker's beat. */
export async function publishLoad(bus: Bus, pipeline: Pipeline, workers: number): Promise<number> {
  const stages = Object.values(pipeline.stages);
  let events = 0;
  const at = Date.now();
  const send = (subject: string, body: unknown) => {
    const { bytes, contentType } = encodeBody(body, bus.codec);
    return publishRaw(bus, {
      subject,
      bytes,
      headers: { "Content-Type": contentType },
      messageId: crypto.randomUUID(),
    });
  };
  for (let n = 0; n < workers; n++) {
    const worker = `worker-${n}`;
    const host = `host-${n}`;
    const stage = stages[n % stages.length]!;
    const batch: TaskEvent[] = stages.flatMap((each, index) => {
      const event = {
        ...{ task: `${each.name}.run-${n}`, pipeline: pipeline.name, stage: each.name, queue: each.queue },
        ...{ run: `run-${n}`, generation: 0, attempt: 1, at, seq: 0, worker },
      };
      const runtimeMs = 40 * (1 + ((n + index) % 50));
      const error = { kind: "retryable", code: `CODE_${index % 7}`, name: "Error", message: "no" };
      const end: TaskEvent =
        (n + index) % 9 === 0
          ? { ...event, kind: "failed", runtimeMs, error }
          : { ...event, kind: "succeeded", runtimeMs };
      return [{ ...event, kind: "received" }, { ...event, kind: "started", waitMs: runtimeMs / 3 }, end];
    });
    events += batch.length;
    await send(`task.events.${worker}`, { worker, host, events: batch });
    const beat: WorkerBeat = {
      ...{ worker, host, pid: 100 + n, stage: stage.name, queue: stage.queue, slots: 4, active: n % 4 },
      ...{ processed: n, failed: 0, duplicates: 0, residentBytes: 1e8, cpuSeconds: n, startedAt: at, at },
      ...{ state: "online", version: "0.0.0" },
    };
    await send(`task.worker.${worker}`, beat);
  }
  return events;
}
