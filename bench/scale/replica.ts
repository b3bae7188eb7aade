/** One worker replica: all stages, one executor. `<url>` */
import { connectBus } from "#shared/bus";
import { PIPELINES } from "#shared/pipeline";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { stageEntries } from "../../cli/up/stage-entries.ts";
import { ready } from "../support/fork-worker.ts";

const bus = await connectBus({ url: process.argv[2] ?? "", name: "bench-replica" });
await startStages({
  bus,
  stages: stageEntries(PIPELINES),
  log: createLogger("bench"),
  version: "0.0.0",
  executors: 1,
  executorIdleMs: 600_000,
});
ready();
