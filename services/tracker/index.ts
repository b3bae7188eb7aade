import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runTracker } from "./main.ts";

export { TrackerConfig } from "./config.ts";
export { runTracker } from "./main.ts";
export { type StartTrackerOptions, startTracker, type Tracker } from "./start-tracker.ts";

// Started as a program it runs alone; imported by the all-in-one it only offers `startTracker`.
const program = process.argv[1];
if (program && realpathSync(program) === fileURLToPath(import.meta.url)) await runTracker();
