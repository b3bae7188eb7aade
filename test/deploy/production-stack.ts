import { type Bus, lastMessage, openObjects, publishMessage, reconcileTopology } from "#shared/bus";
import { diagramPipeline, PIPELINES } from "#shared/pipeline";
import { type RunningStages, startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { eventually } from "#test/nats";
import { productionServer } from "./production-server.ts";
import { standIn } from "./stand-in.ts";

export const stages = Object.values(diagramPipeline.stages);

/** Every service of the pipeline as its own user of a production server, with stand-ins for the work, one attempt per task. */
export async function productionStack() {
  const production = await productionServer();
  const buses = new Map<string, Bus>();
  const running: RunningStages[] = [];
  const services = [...new Set(stages.map((stage) => stage.service))];
  for (const user of [...services, "topology", "gateway", "tracker", "exporter", "cli"])
    buses.set(user, await production.connectAs(user));
  const bus = (user: string) => buses.get(user)!;
  await reconcileTopology(bus("topology"), PIPELINES);
  for (const service of services) {
    const entries = stages
      .filter((stage) => stage.service === service)
      .map((stage) => ({
        pipeline: diagramPipeline,
        stage: { ...stage, inline: true, retries: 0 },
        module: standIn(stage),
      }));
    running.push(
      await startStages({ bus: bus(service), stages: entries, log: createLogger(service), version: "0.0.1" }),
    );
  }
  return {
    ...production,
    bus,
    /** Submits a diagram as the gateway does. */
    async submit(uid: string, meta: Record<string, unknown> = {}) {
      const inbox = await openObjects(bus("gateway"), "inbox");
      await inbox.putBlob({ name: `${uid}.png` }, new Uint8Array(300_000));
      await publishMessage(bus("gateway"), diagramPipeline, {
        type: "diagram.uploaded",
        id: uid,
        body: { uid, object: `inbox/${uid}.png`, meta },
      });
    },
    reached: (uid: string, type: string) =>
      eventually(`${type}.${uid}`, () => lastMessage(bus("cli"), diagramPipeline.stream, `${type}.${uid}`)),
    async [Symbol.asyncDispose]() {
      await Promise.all(running.map((worker) => worker.stop(0)));
      await Promise.all([...buses.values()].map((each) => each.close()));
      await production[Symbol.asyncDispose]();
    },
  };
}
