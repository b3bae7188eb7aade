import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { runTracker } from "./main.ts";

export { TrackerConfig } from "./config.ts";
export { runTracker } from "./main.ts";
export { type StartTrackerOptions, startTracker, type Tracker } from "./start-tracker.ts";

// Started as a program (by its file or its folder) it runs alone; imported by the all-in-one it only offers `startTracker`.
const program = process.argv[1];
const here = fileURLToPath(import.meta.url);
if (program && [here, dirname(here)].includes(realpathSync(program))) await runTracker();
