import { chmod, copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FatalError } from "#shared/errors";
import { type AptOptions, fetchFromApt } from "./fetch-apt.ts";
import { fetchRelease, type ReleaseOptions } from "./fetch-release.ts";
import { binaryVersion, findNatsServer, type NatsServerBinary } from "./find.ts";
import { withFolderLock } from "./folder-lock.ts";
import { cachedBinary, type Env, penstockHome } from "./home.ts";
import { isAtLeast, MIN_NATS_SERVER, tooOld } from "./version.ts";

/** Options of {@link ensureNatsServer}. */
export interface EnsureOptions {
  /** @default process.env */
  env?: Env;
  /** Told in short sentences what is being fetched. */
  onProgress?: (line: string) => void;
  /** Folders looked into after those of PATH. @default the sbin folders of Debian */
  sbin?: readonly string[];
  release?: ReleaseOptions;
  apt?: AptOptions;
}

/** How long one process waits for another that is fetching. */
const LOCK_TIMEOUT_MS = 300_000;

/**
 * Finds a nats-server that is new enough, or fetches one once into the cache folder:
 * `NATS_SERVER_BIN`, PATH, the cached copy, the official release, Debian's package.
 * @throws FatalError `NATS_SERVER_MISSING` with every reason when there is none and none can be fetched.
 */
export async function ensureNatsServer(options: EnsureOptions = {}): Promise<NatsServerBinary> {
  const env = options.env ?? process.env;
  const first = await findNatsServer(env, options.sbin);
  if (first.found) return first.found;
  const home = penstockHome(env);
  return withFolderLock(join(home, "fetch.lock"), LOCK_TIMEOUT_MS, async () => {
    // Another process may have fetched it while we waited.
    const again = await findNatsServer(env, options.sbin);
    if (again.found) return again.found;
    const ways: ["release" | "apt", (folder: string) => Promise<string>][] = [
      ["release", (folder) => fetchRelease(folder, options.release)],
      ["apt", (folder) => fetchFromApt(folder, options.apt)],
    ];
    const reasons = [...again.refused];
    for (const [source, fetchInto] of ways) {
      options.onProgress?.(`nats-server: fetching (${source})`);
      try {
        return await install(home, source, fetchInto);
      } catch (error) {
        reasons.push((error as Error).message);
        options.onProgress?.(`nats-server: ${(error as Error).message}`);
      }
    }
    throw new FatalError(
      "NATS_SERVER_MISSING",
      `No nats-server ${MIN_NATS_SERVER} or newer is here and none could be fetched (set NATS_SERVER_BIN to one, or NATS_URL to a running one): ${reasons.join("; ")}`,
    );
  });
}

/** Fetches into a temporary folder, proves the binary runs, and renames it into the cache: a half-made copy never shows. */
async function install(
  home: string,
  source: "release" | "apt",
  fetchInto: (folder: string) => Promise<string>,
): Promise<NatsServerBinary> {
  const folder = await mkdtemp(join(home, "fetch-"));
  try {
    const fetched = await fetchInto(folder);
    const version = await binaryVersion(fetched);
    if (!isAtLeast(version)) throw tooOld(version, source);
    const path = cachedBinary(home);
    await mkdir(dirname(path), { recursive: true });
    const staged = join(folder, "staged");
    await copyFile(fetched, staged);
    await chmod(staged, 0o755);
    await rename(staged, path);
    return { path, version, source };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
