import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type AptSource,
  formatSource,
  parseDeb822Sources,
  parseOneLineSources,
  withSuite,
} from "./apt-sources.ts";
import { runProgram } from "./run-program.ts";

/** Options of {@link fetchFromApt}. */
export interface AptOptions {
  /** apt's configuration folder, read only. @default "/etc/apt" */
  etc?: string;
  /** @default "/etc/os-release" */
  osRelease?: string;
}

/** Debian's rolling suite: the only one that has a server new enough. */
const SUITE = "sid";

/**
 * Downloads Debian's own nats-server package into `folder` and unpacks it there. Nothing is installed, nothing under
 * /etc/apt or /var/lib/apt is touched, and no privilege is needed: lists, cache and sources live in `folder`. Apt
 * checks signatures with the keyrings this machine already trusts.
 * @returns the path of the unpacked executable
 * @throws Error when this is no Debian, or its archive cannot be reached.
 */
export async function fetchFromApt(folder: string, options: AptOptions = {}): Promise<string> {
  const { etc = "/etc/apt", osRelease = "/etc/os-release" } = options;
  const release = await readFile(osRelease, "utf8").catch(() => "");
  if (!/^ID=debian$/m.test(release)) throw new Error("apt is used on Debian only");
  const codename = /^VERSION_CODENAME=(\S+)$/m.exec(release)?.[1] ?? "stable";
  const sources = withSuite(await readSources(etc), codename, SUITE);
  if (sources.length === 0) throw new Error(`no Debian archive is among the apt sources in ${etc}`);

  const errors: string[] = [];
  for (const [i, source] of sources.entries()) {
    const attempt = join(folder, `apt-${i}`);
    try {
      return await downloadFrom(source, attempt);
    } catch (error) {
      errors.push((error as Error).message);
    }
  }
  throw new Error(errors.join("; "));
}

async function downloadFrom(source: AptSource, folder: string): Promise<string> {
  const sourceList = join(folder, "penstock.sources");
  for (const name of ["lists/partial", "cache/archives/partial", "deb", "root"])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(sourceList, formatSource(source));
  const settings = {
    "Dir::Etc::SourceList": sourceList,
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::State::Lists": join(folder, "lists"),
    "Dir::Cache": join(folder, "cache"),
    "Acquire::Languages": "none",
    "Acquire::Retries": "1",
    "Acquire::http::Timeout": "10",
    "Acquire::https::Timeout": "10",
    // As root apt drops to the user _apt, who may not enter our folder.
    ...(process.getuid?.() === 0 ? { "APT::Sandbox::User": "root" } : {}),
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  // --error-on=any: by default a failed update is only a warning.
  await runProgram("apt-get", ["-q", "--error-on=any", ...flags, "update"]);
  await runProgram("apt-get", ["-q", ...flags, "download", "nats-server"], { cwd: join(folder, "deb") });
  const deb = (await readdir(join(folder, "deb"))).find((name) => name.endsWith(".deb"));
  if (!deb) throw new Error("apt-get download left no package");
  await runProgram("dpkg", ["-x", join(folder, "deb", deb), join(folder, "root")]);
  return join(folder, "root/usr/sbin/nats-server");
}

async function readSources(etc: string): Promise<AptSource[]> {
  const read = (path: string) => readFile(path, "utf8").catch(() => "");
  const sources = parseOneLineSources(await read(join(etc, "sources.list")));
  for (const name of (await readdir(join(etc, "sources.list.d")).catch(() => [] as string[])).sort()) {
    const path = join(etc, "sources.list.d", name);
    if (name.endsWith(".list")) sources.push(...parseOneLineSources(await read(path)));
    if (name.endsWith(".sources")) sources.push(...parseDeb822Sources(await read(path)));
  }
  return sources;
}
