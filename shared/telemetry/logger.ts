import { type Logger, pino } from "pino";
import { readCommonConfig } from "#shared/config";

export type { Logger };

/** A JSON logger on standard error, so that standard output stays for results. */
export function createLogger(name: string, fields: Record<string, unknown> = {}): Logger {
  const { logLevel } = readCommonConfig();
  return pino(
    { name, level: logLevel, base: { pid: process.pid, ...fields } },
    pino.destination({ fd: 2, sync: true }),
  );
}
