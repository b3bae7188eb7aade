import { type Bus, connectBus, lastMessage, publishMessage } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { TaskEvents } from "#shared/messages";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { toyPipeline } from "./pipeline.ts";

/** A process's worth of toy workers on a connection of its own. */
export async function startToy(url: string, name = "toy") {
  const bus = await connectBus({ url, name });
  const stages = Object.values(toyPipeline.stages).map((stage) => ({
    pipeline: toyPipeline,
    stage,
    module: new URL(`./${stage.module}.ts`, import.meta.url),
  }));
  const running = await startStages({ bus, stages, log: createLogger(name), version: "0.0.1", executors: 2 });
  return {
    bus,
    running,
    async [Symbol.asyncDispose]() {
      await running.stop(0);
      await bus.close();
    },
  };
}

/** Publishes a number to work on. */
export const begin = (bus: Bus, uid: string, body: Record<string, unknown>, generation = 0) =>
  publishMessage(bus, toyPipeline, { type: "toy.begun", id: uid, body: { uid, n: 1, ...body }, generation });

/** The decoded body of the last message on a subject of the toy stream, or null. */
export async function bodyOf(bus: Bus, subject: string): Promise<Record<string, unknown> | null> {
  const message = await lastMessage(bus, "TOY", subject);
  return message ? (decodeBody(message.data) as Record<string, unknown>) : null;
}

/** How many messages a subject filter matches in a stream. */
export async function countOf(bus: Bus, stream: string, filter: string): Promise<number> {
  const info = await bus.jsm.streams.info(stream, { subjects_filter: filter });
  return Object.values(info.state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Every lifecycle event stored so far, in order. */
export async function taskEvents(bus: Bus) {
  const { state } = await bus.jsm.streams.info("TASKS");
  const events = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    const message = await bus.jsm.streams.getMessage("TASKS", { seq }).catch(() => null);
    if (message?.subject.startsWith("task.events."))
      events.push(...TaskEvents.parse(decodeBody(message.data)).events);
  }
  return events;
}
