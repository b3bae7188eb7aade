import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Environment variables, as `process.env` has them. */
export type Env = Record<string, string | undefined>;

/**
 * The folder where fetched programs are kept between runs and between checkouts:
 * `PENSTOCK_HOME`, else `$XDG_CACHE_HOME/penstock`, else `~/.cache/penstock`.
 */
export function penstockHome(env: Env): string {
  if (env.PENSTOCK_HOME) return resolve(env.PENSTOCK_HOME);
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "penstock");
}

/** Where the fetched server is kept. */
export function cachedBinary(home: string): string {
  return join(home, "bin", process.platform === "win32" ? "nats-server.exe" : "nats-server");
}
