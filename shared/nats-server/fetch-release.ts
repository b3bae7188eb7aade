import { createHash } from "node:crypto";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "./run-program.ts";
import { FETCHED_NATS_SERVER } from "./version.ts";

/** Options of {@link fetchRelease}. */
export interface ReleaseOptions {
  /** Address of the folder that holds the release's files. @default the official release on GitHub */
  baseUrl?: string;
  /** @default FETCHED_NATS_SERVER */
  version?: string;
  /** How long to wait for the small checksum file: no network must show at once. @default 6000 */
  probeTimeoutMs?: number;
}

const ARCH: Record<string, string> = { x64: "amd64", arm64: "arm64", arm: "arm7" };

/**
 * Downloads the official release into `folder`, checks it against the release's SHA256SUMS and unpacks it.
 * @returns the path of the unpacked executable
 * @throws Error when the release cannot be reached, or its checksum is not the published one.
 */
export async function fetchRelease(folder: string, options: ReleaseOptions = {}): Promise<string> {
  const { version = FETCHED_NATS_SERVER, probeTimeoutMs = 6000 } = options;
  const arch = ARCH[process.arch];
  if (!arch || !["linux", "darwin"].includes(process.platform))
    throw new Error(`no official nats-server release is fetched for ${process.platform}/${process.arch}`);
  const baseUrl = options.baseUrl ?? `https://github.com/nats-io/nats-server/releases/download/v${version}`;
  const name = `nats-server-v${version}-${process.platform}-${arch}`;
  const archive = `${name}.tar.gz`;

  const sums = (await download(`${baseUrl}/SHA256SUMS`, probeTimeoutMs)).toString("utf8");
  const published = publishedDigest(sums, archive);
  const bytes = await download(`${baseUrl}/${archive}`, 300_000);
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== published)
    throw new Error(`${archive} has SHA-256 ${digest}, but its release publishes ${published}: not used`);

  await writeFile(join(folder, archive), bytes);
  await runProgram("tar", ["-xzf", archive], { cwd: folder });
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const file = files.find((entry) => entry.isFile() && entry.name === "nats-server");
  if (!file) throw new Error(`${archive} holds no file named nats-server`);
  return join(file.parentPath ?? file.path, file.name);
}

/** The digest that a SHA256SUMS text gives for a file name, in lower case. */
export function publishedDigest(sums: string, name: string): string {
  for (const line of sums.split("\n")) {
    const match = /^([0-9a-fA-F]{64})\s+\*?(\S+)$/.exec(line.trim());
    if (match?.[2] === name) return match[1]!.toLowerCase();
  }
  throw new Error(`SHA256SUMS does not list ${name}`);
}

async function download(url: string, timeoutMs: number): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    const cause = error as Error & { cause?: Error };
    throw new Error(`${url} cannot be fetched: ${cause.cause?.message ?? cause.message}`, { cause });
  }
}
