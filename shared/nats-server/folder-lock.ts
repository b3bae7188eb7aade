import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Runs `work` while holding a lock that is a folder, so that two processes do not fetch the same thing twice.
 * A lock whose owner is dead is taken over.
 * @throws Error when the lock is not free within `timeoutMs`.
 */
export async function withFolderLock<T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const owner = join(path, "pid");
  const deadline = Date.now() + timeoutMs;
  await mkdir(dirname(path), { recursive: true });
  for (;;) {
    try {
      await mkdir(path);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const text = await readFile(owner, "utf8").catch(() => "");
    // An empty lock is one whose owner is just writing its number; only a number of nobody is left over.
    if (text && !isAlive(Number(text))) await rm(path, { recursive: true, force: true });
    else if (Date.now() > deadline)
      throw new Error(`${path} is held by process ${text || "unknown"} for too long`);
    else await delay(50);
  }
  try {
    await writeFile(owner, String(process.pid));
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

/** True when a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
