/**
 * A worker process of the chaos suite: every stage of the pipeline. Kills itself at one step boundary, after a random
 * number of passes: `<url> <step> <mean passes> <file that remembers at which step>`.
 */
import { appendFileSync } from "node:fs";
import { connectBus } from "#shared/bus";
import { startStages } from "#shared/stage";
import { createLogger } from "#shared/telemetry";
import { chaosPipeline } from "./pipeline.ts";

const [, , url = "", step = "", mean = "0", memory = ""] = process.argv;
const bus = await connectBus({ url, name: "chaos", connectTimeoutMs: 0 });
await startStages({
  bus,
  stages: Object.values(chaosPipeline.stages).map((stage) => ({
    pipeline: chaosPipeline,
    stage,
    module: new URL(`./stand-in.ts?stage=${stage.name}`, import.meta.url),
  })),
  log: createLogger("chaos"),
  version: "0.0.0",
  onStep: (at) => {
    if (at !== step || Math.random() >= 1 / Number(mean)) return;
    appendFileSync(memory, `${step}\n`);
    process.kill(process.pid, "SIGKILL");
  },
});
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
