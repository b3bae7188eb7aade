import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Ids of a process and of everything it started, itself first. Reads /proc: Linux only. */
export function processTree(pid: number): number[] {
  const tasks = ignoreGone(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const children = tasks.flatMap((task) =>
    (ignoreGone(() => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8")) ?? "")
      .split(" ")
      .filter(Boolean)
      .map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

/** Kills a process with everything it started, and waits until all of them are gone. */
export async function killTree(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  const pids = processTree(pid);
  for (const each of pids) ignoreGone(() => process.kill(each, "SIGKILL"));
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A zombie has ended: its parent has not asked yet. */
function isAlive(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}`)
    ? ignoreGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"))
    : undefined;
  return stat !== undefined && !/\) [ZX]/.test(stat);
}

/** A process may end while it is looked at. */
function ignoreGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
