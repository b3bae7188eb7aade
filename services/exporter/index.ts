import { realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { runExporter } from "./main.ts";

export { ExporterConfig } from "./config.ts";
export { runExporter } from "./main.ts";
export { type Exporter, type StartExporterOptions, startExporter } from "./start-exporter.ts";

// Started as a program (by its file or its folder) it runs alone; imported by the all-in-one it only offers `startExporter`.
const program = process.argv[1];
const here = fileURLToPath(import.meta.url);
if (program && [here, dirname(here)].includes(realpathSync(program))) await runExporter();
