import type { ChildProcess } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { FatalError } from "#shared/errors";
import type { ResolvedOptions } from "./options.ts";
import { probe } from "./probe.ts";
import { serverConfig } from "./server-config.ts";
import { spawnGuarded } from "./spawn-guarded.ts";
import { waitForStore } from "./store-owner.ts";
import { checkServer } from "./version.ts";

/** One living server process. */
export interface Launched {
  child: ChildProcess;
  pid: number;
  port: number;
  monitorPort: number | undefined;
  /** Resolves when the process has ended. */
  exited: Promise<{ code: number | null; signal: string | null }>;
}

/** What the server writes into its ports file. */
interface Ports {
  nats?: string[];
  monitoring?: string[];
}

/**
 * Starts one server and waits until it is ready: its INFO line is there and says that JetStream is up.
 * @throws FatalError `NATS_START_FAILED` with the end of its log; the process is gone then.
 */
export async function launch(options: ResolvedOptions): Promise<Launched> {
  const runDir = join(options.storeDir, "run");
  const pidFile = join(runDir, "nats-server.pid");
  await mkdir(runDir, { recursive: true });
  await waitForStore(options.storeDir, pidFile, options.startTimeoutMs);
  for (const name of await readdir(runDir)) if (name.endsWith(".ports")) await rm(join(runDir, name));
  const configFile = join(runDir, "nats-server.conf");
  await writeFile(configFile, serverConfig(options, runDir), { mode: 0o600 });

  const child = spawnGuarded(options.binary, ["-c", configFile, "-P", pidFile], {
    ...process.env,
    GOMEMLIMIT: `${options.memoryLimitMb}MiB`,
    ...options.env,
  });
  let output = "";
  const keepTail = (text: Buffer) => {
    output = (output + text.toString("utf8")).slice(-2000);
  };
  child.stdout?.on("data", keepTail);
  child.stderr?.on("data", keepTail);
  // Unlike `exit`, `close` comes after the last of the output.
  const closed = new Promise((resolve) => child.once("close", resolve));
  let gone = false;
  const exited: Launched["exited"] = new Promise((resolve) => {
    const end = (code: number | null, signal: string | null) => {
      gone = true;
      resolve({ code, signal });
    };
    child.once("exit", end);
    child.once("error", (error) => {
      output += error.message;
      end(null, null);
    });
  });

  const deadline = Date.now() + options.startTimeoutMs;
  let last: unknown;
  while (!gone && Date.now() < deadline) {
    try {
      const ports = await readPorts(runDir, child.pid ?? 0);
      const info = await probe("127.0.0.1", ports.port);
      checkServer(info, `127.0.0.1:${ports.port}`);
      return { child, pid: child.pid ?? 0, exited, ...ports };
    } catch (error) {
      last = error;
      if (error instanceof FatalError) break;
    }
    await delay(10);
  }
  const ended = gone;
  child.kill("SIGKILL");
  await exited;
  await Promise.race([closed, delay(500)]);
  if (last instanceof FatalError) throw last;
  const log = await readFile(options.logFile, "utf8").catch(() => "");
  const why = (output.trim() || log.trim()).split("\n").slice(-3).join(" / ") || String(last);
  throw new FatalError(
    "NATS_START_FAILED",
    `nats-server ${ended ? "ended while starting" : `was not ready within ${options.startTimeoutMs} ms`}: ${why}`,
  );
}

async function readPorts(
  folder: string,
  pid: number,
): Promise<{ port: number; monitorPort: number | undefined }> {
  const name = (await readdir(folder)).find((file) => file.endsWith(`_${pid}.ports`));
  if (!name) throw new Error("it has not opened its port yet");
  const ports = JSON.parse(await readFile(join(folder, name), "utf8")) as Ports;
  const address = ports.nats?.[0];
  if (!address) throw new Error("it opened no client port");
  const monitoring = ports.monitoring?.[0];
  return {
    port: Number(new URL(address).port),
    monitorPort: monitoring ? Number(new URL(monitoring).port) : undefined,
  };
}
