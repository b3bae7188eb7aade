/** A Penstock worker process of the benchmark: all hops, the whole runtime, lifecycle events on. `<url>` */
import { connectBus } from "#shared/bus";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { chainPipeline } from "./pipeline.ts";

const bus = await connectBus({ url: process.argv[2] ?? "", name: "bench" });
const stages = Object.values(chainPipeline.stages).map((stage, hop) => {
  const module = new URL(import.meta.url.endsWith(".ts") ? "./no-op.ts" : "./no-op.js", import.meta.url);
  module.searchParams.set("hop", String(hop));
  return { pipeline: chainPipeline, stage, module };
});
await startStages({ bus, stages, log: createLogger("bench"), version: "0.0.0" });
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
