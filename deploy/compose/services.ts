import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Pipeline } from "#shared/pipeline";
import { passwordVariable } from "../nats/format-users.ts";

/** Services with an HTTP port, and the variable that moves it on the host; the others are reached through NATS only. */
const PORTS: Record<string, { inside: number; variable: string }> = {
  gateway: { inside: 8080, variable: "PENSTOCK_PORT" },
  exporter: { inside: 9808, variable: "PENSTOCK_METRICS_PORT" },
};

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
  return names.map((name) => entry(name, pipelines)).join("");
}

function entry(name: string, pipelines: readonly Pipeline[]): string {
  const stages = pipelines.flatMap((pipeline) =>
    Object.values(pipeline.stages).filter((stage) => stage.service === name),
  );
  const port = PORTS[name];
  const lines = [
    `${name}:`,
    "  <<: *service",
    `  command: ["node", "--conditions=built", "dist/services/${name}/index.js"]`,
    "  environment:",
    "    <<: *environment",
    `    NATS_USER: ${name}`,
    `    NATS_PASSWORD: \${${passwordVariable(name)}:?run node deploy/make-env.mjs > .env first}`,
  ];
  if (name === "tracker") {
    // A volume without a name: each replica has a database of its own.
    lines.push("    TRACKER_DB_PATH: /data/history.db", "  volumes: [/data]");
  }
  if (port) lines.push(`  ports: ["127.0.0.1:\${${port.variable}:-${port.inside}}:${port.inside}"]`);
  if (stages.some((stage) => stage.queue === "gpu")) lines.push("  deploy: *computes");
  return `${lines.map((line) => `  ${line}`).join("\n")}\n`;
}
