import { readdirSync, readFileSync } from "node:fs";

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
};

const field = (status: string, name: string) => status.match(new RegExp(`^${name}:\\s+(\\S+)`, "m"))?.[1];

/** True while a process is there and not merely waiting to be reaped. */
export function isAlive(pid: number): boolean {
  const state = field(statusOf(pid), "State");
  return state !== undefined && state !== "Z" && state !== "X";
}

/** Processes started by a process, directly or through others. */
export function descendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(field(statusOf(Number(name)), "PPid"));
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  for (let queue = [pid]; queue.length > 0; ) {
    const next = children.get(queue.shift()!) ?? [];
    found.push(...next);
    queue.push(...next);
  }
  return found;
}

/** The executor processes of a worker or of the all-in-one. */
export const executorsOf = (pid: number): number[] =>
  descendants(pid).filter((child) => {
    try {
      return readFileSync(`/proc/${child}/cmdline`, "utf8").includes("executor/child.js");
    } catch {
      return false;
    }
  });

/** Sends a signal to a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The most memory a process ever had resident, in MB. */
export const peakMegabytes = (pid: number): number => Number(field(statusOf(pid), "VmHWM") ?? 0) / 1024;
