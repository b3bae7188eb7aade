/** A process of fan workers that a chaos run kills: `<url> <stages, comma-separated>`; dies by itself now and then. */
import { declareFan } from "./pipeline.ts";
import { startFan } from "./start.ts";

const [, , url = "", stages = ""] = process.argv;
/** Share of step boundaries at which the process dies. */
const DEATHS = 0.004;

await startFan(url, declareFan("atomic", 60), {
  only: stages.split(","),
  onStep: () => {
    if (Math.random() < DEATHS) process.kill(process.pid, "SIGKILL");
  },
});
process.send?.("ready");
process.on("disconnect", () => process.exit(0));
