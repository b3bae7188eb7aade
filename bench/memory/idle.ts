import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connectBus } from "#shared/bus";
import { median, sum } from "../support/figures.ts";
import { processTree } from "../support/process-tree.ts";
import type { Later } from "../support/run-bench.ts";
import { runSheet } from "../support/run-sheet.ts";
import { startUp } from "../support/start-up.ts";
import { type Memory, readMemory } from "./read-memory.ts";

/** The stack at rest: every process as it was at the median of the window. */
export interface Rest {
  when: string;
  processes: Memory[];
  /** Resident bytes of all processes: median, least and most of the window. */
  rss: { median: number; least: number; most: number };
  pss: number;
}

export interface IdleOptions {
  later: Later;
  folder: string;
  /** A drawing to digitise between the two looks. */
  drawing: string;
  /** Rest before looking, and how long to look, seconds. */
  settleS: number;
}

/** Executors that have no work end after a minute; this is more than enough. */
const EXECUTORS_END_MS = 180_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks at `penstock up` at rest: fresh, and again after a sheet, when its executors have ended. */
export async function measureIdle({ later, folder, drawing, settleS }: IdleOptions): Promise<Rest[]> {
  const up = await startUp(later, join(folder, "up"));
  const fresh = await look("fresh, nothing handed in yet", up.pid, settleS);
  const bus = await connectBus({ url: up.natsUrl, name: "bench" });
  const close = later(() => bus.close());
  await runSheet(bus, await readFile(drawing));
  await close();
  const deadline = Date.now() + EXECUTORS_END_MS;
  while (memoryOf(up.pid).some(({ name }) => name === "executor")) {
    if (Date.now() > deadline)
      throw new Error(`an executor without work is there after ${EXECUTORS_END_MS} ms`);
    await wait(500);
  }
  const after = await look("after a sheet, executors ended", up.pid, settleS);
  await up.stop();
  return [fresh, after];
}

const memoryOf = (pid: number): Memory[] =>
  processTree(pid)
    .map(readMemory)
    .filter((memory) => memory !== undefined);

async function look(when: string, pid: number, settleS: number): Promise<Rest> {
  await wait(settleS * 1000);
  const looks: Memory[][] = [];
  for (let second = 0; second < settleS; second++) {
    looks.push(memoryOf(pid));
    await wait(1_000);
  }
  const totals = looks.map((processes) => sum(processes.map(({ rss }) => rss)));
  const middle = median(totals);
  const processes = looks[totals.indexOf(middle)] ?? [];
  return {
    when,
    processes,
    rss: { median: middle, least: Math.min(...totals), most: Math.max(...totals) },
    pss: sum(processes.map(({ pss }) => pss)),
  };
}
