import { relative } from "node:path";
import type { ResolvedOptions } from "./options.ts";

/**
 * The configuration file of an embedded server, to be written into `folder`.
 * What the caller brings comes first: in a nats-server configuration the later setting wins.
 */
export function serverConfig(options: ResolvedOptions, folder: string): string {
  const { config, monitorPort } = options;
  const lines: string[] = [];
  // The server joins an include to the folder of the including file, even when it is absolute.
  if (config && "path" in config) lines.push(`include ${quote(relative(folder, config.path))}`);
  if (config && "text" in config) lines.push(config.text);
  lines.push(
    `listen: "127.0.0.1:${options.port || -1}"`,
    `max_payload: ${options.maxPayloadBytes}`,
    "jetstream {",
    `  store_dir: ${quote(options.storeDir)}`,
    `  max_mem: ${options.maxMemoryMb}MB`,
    `  max_file: ${options.maxFileMb}MB`,
  );
  if (options.syncAlways) lines.push("  sync_interval: always");
  lines.push("}");
  // A configuration meant for production has a fixed monitoring port; two servers must fit on one machine.
  if (monitorPort !== undefined || config) lines.push(`http: "127.0.0.1:${monitorPort || -1}"`);
  lines.push(
    `log_file: ${quote(options.logFile)}`,
    "logfile_size_limit: 10MB",
    "logfile_max_num: 2",
    `ports_file_dir: ${quote(folder)}`,
  );
  return `${lines.join("\n")}\n`;
}

function quote(path: string): string {
  return JSON.stringify(path);
}
