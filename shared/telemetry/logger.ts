import { type Logger, pino } from "pino";
import { readCommonConfig } from "#shared/config";

export type { Logger };

/** Characters kept for a log that takes none; what comes after them is dropped. */
const BACKLOG = 1_000_000;

/**
 * A JSON logger on standard error, so that standard output stays for results. A full disk costs lines, never the process:
 * what could not be written is kept, up to a limit, and written when there is room again.
 * @param file append to this file instead
 */
export function createLogger(name: string, fields: Record<string, unknown> = {}, file?: string): Logger {
  const { logLevel } = readCommonConfig();
  const to = file === undefined ? { fd: 2 } : { dest: file, mkdir: true };
  const destination = pino.destination({ ...to, sync: true, maxLength: BACKLOG });
  // Without a listener the failed write would be thrown at whoever logs.
  destination.on("error", () => {});
  return pino({ name, level: logLevel, base: { pid: process.pid, ...fields } }, destination);
}
