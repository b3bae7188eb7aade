import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Pipeline } from "#shared/pipeline";
import { passwordVariable } from "../nats/format-users.ts";

/** What an entry has beside its command and its NATS user: lines of environment, and lines of the entry itself. */
const EXTRAS: Record<string, { environment?: string[]; entry?: string[] }> = {
  // Inside its container it must listen to all, which it does only with a token; outside, the port is on loopback.
  gateway: {
    environment: ["GATEWAY_HOST: 0.0.0.0", `GATEWAY_TOKEN: ${required("GATEWAY_TOKEN")}`],
    entry: [`ports: ["127.0.0.1:\${PENSTOCK_PORT:-8080}:8080"]`],
  },
  exporter: {
    environment: ["EXPORTER_HOST: 0.0.0.0"],
    entry: [`ports: ["127.0.0.1:\${PENSTOCK_METRICS_PORT:-9808}:9808"]`],
  },
  // A volume without a name: each replica has a database of its own.
  tracker: { environment: ["TRACKER_DB_PATH: /data/history.db"], entry: ["volumes: [/data]"] },
};

/** A variable of the .env file; compose says what to do when it is missing. */
function required(variable: string): string {
  return `\${${variable}:?run node deploy/make-env.mjs > .env first}`;
}

/** Folders under services/ that hold a process: those with an index.ts. */
export async function serviceFolders(root: string): Promise<string[]> {
  const folders: string[] = [];
  for (const entry of await readdir(join(root, "services"), { withFileTypes: true }))
    if (entry.isDirectory() && (await readdir(join(root, "services", entry.name))).includes("index.ts"))
      folders.push(entry.name);
  return folders.sort();
}

/**
 * The compose entries of all services: those of the pipelines in their order, then the others. All run the one image
 * with another command, and none has a name or a host port of its own that a second replica would want too, but for
 * those that people talk to.
 */
export function composeServices(pipelines: readonly Pipeline[], folders: readonly string[]): string {
  const working = pipelines.flatMap((pipeline) =>
    Object.values(pipeline.stages).map((stage) => stage.service),
  );
  const names = [...new Set([...working, ...folders])].filter((name) => folders.includes(name));
  return names.map((name) => composeEntry(name, pipelines)).join("");
}

function composeEntry(name: string, pipelines: readonly Pipeline[]): string {
  const stages = pipelines.flatMap((pipeline) =>
    Object.values(pipeline.stages).filter((stage) => stage.service === name),
  );
  const { environment = [], entry = [] } = EXTRAS[name] ?? {};
  const lines = [
    `${name}:`,
    "  <<: *service",
    `  command: ["node", "--conditions=built", "dist/services/${name}/index.js"]`,
    "  environment:",
    "    <<: *environment",
    `    NATS_USER: ${name}`,
    `    NATS_PASSWORD: ${required(passwordVariable(name))}`,
    ...environment.map((line) => `    ${line}`),
    ...entry.map((line) => `  ${line}`),
  ];
  if (stages.some((stage) => stage.queue === "gpu")) lines.push("  deploy: *computes");
  return `${lines.map((line) => `  ${line}`).join("\n")}\n`;
}
