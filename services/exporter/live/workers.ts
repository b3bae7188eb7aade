import type { WorkerBeat } from "#shared/messages";
import { FORGET_MS, hostLabel } from "../counts/hosts.ts";

/** A worker that says nothing for this long is down: four beats. */
const SILENCE_MS = 20_000;

/** The workers on one host together: a process often works on many stages. */
export interface HostNow {
  host: string;
  up: boolean;
  active: number;
  /** Memory of the processes that are up; null when none is. */
  residentBytes: number | null;
  /** Running tasks by stage. */
  stages: Map<string, number>;
}

/** Live workers of one stage. */
export interface StageWorkers {
  workers: number;
  slots: number;
}

/** What the workers last said of themselves. */
export class Workers {
  readonly #beats = new Map<string, { beat: WorkerBeat; seenAt: number }>();

  /** @param seenAt when the stream stored it, ms */
  note(beat: WorkerBeat, seenAt: number): void {
    const known = this.#beats.get(beat.worker);
    if (!known || known.seenAt <= seenAt) this.#beats.set(beat.worker, { beat, seenAt });
  }

  /** Drops those unseen for ten minutes, and tells the rest by host. */
  hosts(now = Date.now()): HostNow[] {
    const hosts = new Map<string, HostNow>();
    const processes = new Map<string, number>();
    for (const [worker, { beat, seenAt }] of this.#beats) {
      if (now - seenAt > FORGET_MS) {
        this.#beats.delete(worker);
        continue;
      }
      const host = hostLabel(beat.host);
      const entry = hosts.get(host) ?? {
        host,
        up: false,
        active: 0,
        residentBytes: null,
        stages: new Map<string, number>(),
      };
      hosts.set(host, entry);
      const up = isUp(beat, seenAt, now);
      entry.stages.set(beat.stage, (entry.stages.get(beat.stage) ?? 0) + (up ? beat.active : 0));
      if (!up) continue;
      entry.up = true;
      entry.active += beat.active;
      // Every stage of a process tells the memory of the whole process.
      const key = `${host} ${beat.pid}`;
      const before = processes.get(key) ?? 0;
      processes.set(key, Math.max(before, beat.residentBytes));
      entry.residentBytes = (entry.residentBytes ?? 0) + Math.max(0, beat.residentBytes - before);
    }
    return [...hosts.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
  }

  /** Live workers by stage. */
  stages(now = Date.now()): Map<string, StageWorkers> {
    const stages = new Map<string, StageWorkers>();
    for (const { beat, seenAt } of this.#beats.values()) {
      if (!isUp(beat, seenAt, now)) continue;
      const entry = stages.get(beat.stage) ?? { workers: 0, slots: 0 };
      stages.set(beat.stage, { workers: entry.workers + 1, slots: entry.slots + beat.slots });
    }
    return stages;
  }
}

const isUp = (beat: WorkerBeat, seenAt: number, now: number): boolean =>
  beat.state !== "offline" && now - seenAt <= SILENCE_MS;
