import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { FatalError } from "#shared/errors";
import { cachedBinary, type Env, penstockHome } from "./home.ts";
import { runProgram } from "./run-program.ts";
import { isAtLeast, parseVersion, tooOld } from "./version.ts";

/** A nats-server that was found, and how. */
export interface NatsServerBinary {
  path: string;
  version: string;
  source: "NATS_SERVER_BIN" | "PATH" | "cache" | "release" | "apt";
}

/** What {@link findNatsServer} saw: a good one, or the reasons why none of those it met will do. */
export interface FindResult {
  found?: NatsServerBinary;
  refused: string[];
}

/** Debian installs the server in sbin, which is not in everybody's PATH. */
const SBIN = ["/usr/local/sbin", "/usr/sbin", "/usr/local/bin"];

/**
 * The version a binary prints, such as `2.15.1`.
 * @throws Error when it cannot be run or does not print one.
 */
export async function binaryVersion(path: string): Promise<string> {
  const text = await runProgram(path, ["--version"], { timeoutMs: 20_000 });
  const version = parseVersion(text);
  if (!version) throw new Error(`${path} --version printed no version: ${text.trim().slice(0, 80)}`);
  return version.join(".");
}

/**
 * Looks for a nats-server that is new enough on this machine, fetching nothing:
 * `NATS_SERVER_BIN`, then PATH, then the cached copy.
 * @param sbin folders looked into after those of PATH
 * @throws FatalError when `NATS_SERVER_BIN` names a server that is too old or does not run: a person asked for exactly that one.
 */
export async function findNatsServer(env: Env, sbin: readonly string[] = SBIN): Promise<FindResult> {
  if (env.NATS_SERVER_BIN) return { found: await named(env.NATS_SERVER_BIN), refused: [] };
  const refused: string[] = [];
  const folders = [...(env.PATH ?? "").split(delimiter).filter(Boolean), ...sbin];
  const candidates: [string, NatsServerBinary["source"]][] = [...new Set(folders)].map((folder) => [
    join(folder, "nats-server"),
    "PATH",
  ]);
  candidates.push([cachedBinary(penstockHome(env)), "cache"]);
  for (const [path, source] of candidates) {
    if (!(await isExecutable(path))) continue;
    const version = await binaryVersion(path).catch((error: Error) => {
      refused.push(error.message);
    });
    if (!version) continue;
    if (isAtLeast(version)) return { found: { path, version, source }, refused };
    refused.push(tooOld(version, path).message);
  }
  return { refused };
}

async function named(path: string): Promise<NatsServerBinary> {
  const version = await binaryVersion(path).catch((cause: Error) => {
    throw new FatalError("NATS_SERVER_BIN_UNUSABLE", `NATS_SERVER_BIN does not run: ${cause.message}`, {
      cause,
    });
  });
  if (!isAtLeast(version)) throw tooOld(version, path);
  return { path, version, source: "NATS_SERVER_BIN" };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
