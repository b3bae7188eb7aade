/** A process of toy workers that is started whether or not NATS is there: `<url>`. Says `waiting`, then `ready`; ends with its parent. */
import { connectBus } from "#shared/bus";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { toyPipeline } from "./pipeline.ts";

process.on("disconnect", () => process.exit(0));
process.send?.("waiting");
const bus = await connectBus({ url: process.argv[2]!, name: "patient", connectTimeoutMs: 0 });
await startStages({
  bus,
  stages: Object.values(toyPipeline.stages).map((stage) => ({
    pipeline: toyPipeline,
    stage,
    module: new URL(`./${stage.module}.ts`, import.meta.url),
  })),
  log: createLogger("patient"),
  version: "0.0.1",
  executors: 1,
});
process.send?.("ready");
