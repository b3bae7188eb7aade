/** A Penstock worker process of the benchmark: all stages, the whole runtime, lifecycle events on. `<url> <fan-out>` */
import { connectBus } from "#shared/bus";
import type { Stage } from "#shared/pipeline";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { ready } from "../support/fork-worker.ts";
import { declareGroup } from "./pipeline.ts";

const [, , url = "", fanOut] = process.argv;
const pipeline = declareGroup(fanOut === "logged" ? "logged" : "atomic");
const bus = await connectBus({ url, name: "bench" });
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const stages = Object.values<Stage>(pipeline.stages).map((stage) => ({
  pipeline,
  stage,
  module: new URL(`./${stage.module}.${extension}`, import.meta.url),
}));
await startStages({ bus, stages, log: createLogger("bench"), version: "0.0.0" });
ready();
