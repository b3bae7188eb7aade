import { type Logger, pino } from "pino";
import { readCommonConfig } from "#shared/config";

export type { Logger };

/**
 * A JSON logger on standard error, so that standard output stays for results.
 * @param file append to this file instead
 */
export function createLogger(name: string, fields: Record<string, unknown> = {}, file?: string): Logger {
  const { logLevel } = readCommonConfig();
  return pino(
    { name, level: logLevel, base: { pid: process.pid, ...fields } },
    pino.destination(file === undefined ? { fd: 2, sync: true } : { dest: file, mkdir: true, sync: true }),
  );
}
