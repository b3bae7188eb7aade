import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { FatalError } from "#shared/errors";
import { isAlive } from "./folder-lock.ts";

/**
 * Waits until no other server writes into this store: two would destroy it. After our own process was killed its
 * server needs a moment to end, so a short wait is normal.
 * @throws FatalError `NATS_STORE_IN_USE` after `timeoutMs`.
 */
export async function waitForStore(storeDir: string, pidFile: string, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const pid = Number(await readFile(pidFile, "utf8").catch(() => "0"));
    if (!pid || !(await isServer(pid))) return;
    if (Date.now() > deadline)
      throw new FatalError(
        "NATS_STORE_IN_USE",
        `${storeDir} is used by the nats-server with process id ${pid}: stop that one, or choose another folder.`,
      );
    await delay(50);
  }
}

/** True when the process lives and is a nats-server; process ids are used again after a reboot. */
async function isServer(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  // A zombie has an empty command line; without /proc a living process is taken for the server.
  return command === undefined || command.includes("nats-server");
}
