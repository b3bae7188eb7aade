/** A worker process with one executor per core that never runs out of work. `<url> <executors>` */
import { connectBus } from "#shared/bus";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { ready } from "../support/fork-worker.ts";
import { busyPipeline } from "./busy-pipeline.ts";

const [url = "", executors = "2"] = process.argv.slice(2);
const bus = await connectBus({ url, name: "bench-busy" });
const module = new URL(import.meta.url.endsWith(".ts") ? "./spin.ts" : "./spin.js", import.meta.url);
await startStages({
  bus,
  stages: [{ pipeline: busyPipeline, stage: busyPipeline.stages.spin!, module }],
  log: createLogger("bench"),
  version: "0.0.0",
  executors: Number(executors),
});
ready();
