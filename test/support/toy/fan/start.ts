import { type Bus, connectBus, lastMessage, publishMessage } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import type { Pipeline, Stage } from "#shared/pipeline";
import { type AttemptStep, startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";

export interface StartFanOptions {
  /** Only these stages. @default all */
  only?: string[];
  onStep?: (step: AttemptStep, task: string) => void;
}

/** A process's worth of fan workers on a connection of its own. */
export async function startFan(url: string, pipeline: Pipeline, options: StartFanOptions = {}) {
  const bus = await connectBus({ url, name: "fan" });
  const stages = Object.values<Stage>(pipeline.stages)
    .filter((stage) => options.only?.includes(stage.name) ?? true)
    .map((stage) => ({ pipeline, stage, module: new URL(`./${stage.module}.ts`, import.meta.url) }));
  const running = await startStages({
    bus,
    stages,
    log: createLogger("fan"),
    version: "0.0.1",
    ...(options.onStep ? { onStep: options.onStep } : {}),
  });
  return {
    bus,
    running,
    async [Symbol.asyncDispose]() {
      await running.stop(0);
      await bus.close();
    },
  };
}

/** Asks for numbers to be worked on in parts. */
export const ask = (bus: Bus, pipeline: Pipeline, uid: string, body: Record<string, unknown>) =>
  publishMessage(bus, pipeline, { type: "fan.asked", id: uid, body: { uid, ...body } });

/** The decoded body of the last message on a subject of the fan stream, or null. */
export async function fanBody(bus: Bus, subject: string): Promise<Record<string, unknown> | null> {
  const message = await lastMessage(bus, "FAN", subject);
  const type = message?.headers.get("Content-Type") || undefined;
  return message ? (decodeBody(message.data, type) as Record<string, unknown>) : null;
}
