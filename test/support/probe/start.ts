import { type Bus, connectBus, lastMessage, publishMessage } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { probePipeline } from "./pipeline.ts";

/** A process's worth of probe workers on a connection of its own. */
export async function startProbe(url: string, env: Record<string, string> = {}) {
  const bus = await connectBus({ url, name: "probe" });
  const stages = Object.values(probePipeline.stages).map((stage) => ({
    pipeline: probePipeline,
    stage,
    module: new URL(`./${stage.module}.ts`, import.meta.url),
  }));
  const running = await startStages({
    bus,
    stages,
    log: createLogger("probe"),
    version: "0.0.1",
    executors: 1,
    executorEnv: env,
  });
  return {
    worker: running.workers[0]!,
    async [Symbol.asyncDispose]() {
      await running.stop(0);
      await bus.close();
    },
  };
}

/** Asks for one look. */
export const ask = (bus: Bus, uid: string, ms = 0) =>
  publishMessage(bus, probePipeline, { type: "probe.asked", id: uid, body: { uid, ms } });

/** The answer to a look, or null while there is none. */
export async function answerOf(bus: Bus, uid: string) {
  const message = await lastMessage(bus, "PROBE", `probe.answered.${uid}`);
  return message ? (decodeBody(message.data) as { before: string; after: string; said: number[] }) : null;
}
