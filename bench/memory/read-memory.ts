import { readFileSync, writeFileSync } from "node:fs";

/** Memory of one process, in bytes. */
export interface Memory {
  pid: number;
  /** Its command, short. */
  name: string;
  /** Resident set size. */
  rss: number;
  /** Proportional set size: pages shared with others count in part. */
  pss: number;
  /** Of it, what is no file: heaps, stacks. */
  anonymous: number;
}

/** What a process holds now, by /proc; undefined when it has ended. */
export function readMemory(pid: number): Memory | undefined {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const of = (field: string) =>
      Number(rollup.match(new RegExp(`^${field}:\\s+(\\d+) kB`, "m"))?.[1] ?? 0) * 1024;
    return { pid, name: shortName(command), rss: of("Rss"), pss: of("Pss"), anonymous: of("Pss_Anon") };
  } catch {
    return undefined;
  }
}

/** The most a process has held since the last {@link resetPeak}, in bytes. */
export function readPeak(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(status.match(/^VmHWM:\s+(\d+) kB/m)?.[1] ?? 0) * 1024;
}

/** Starts a process's peak anew from what it holds now (5 to clear_refs, Linux). */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

function shortName(command: readonly string[]): string {
  if (command.some((word) => word.includes("/executor/child."))) return "executor";
  if (command[0]?.endsWith("nats-server")) return "nats-server";
  if (command[0]?.endsWith("/sh")) return "sh, guards nats-server";
  if (command.includes("up")) return "penstock up";
  return (command[0] ?? "").slice(-30);
}
