import type { WorkerRow } from "../../api/types.ts";

export interface WorkersSum {
  online: number;
  active: number;
  slots: number;
  processed: number;
  perSecond: number;
  /** Bytes; a process that runs several workers counts once. */
  memory: number;
}

/** What all workers that are online do together; `processed` counts those that are gone too. */
export function sumOf(
  workers: readonly Pick<
    WorkerRow,
    "online" | "active" | "slots" | "processed" | "perSecond" | "residentBytes" | "host" | "pid"
  >[],
): WorkersSum {
  const online = workers.filter((worker) => worker.online);
  const add = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  const processes = new Map(online.map(({ host, pid, residentBytes }) => [`${host} ${pid}`, residentBytes]));
  return {
    online: online.length,
    active: add(online.map((worker) => worker.active)),
    slots: add(online.map((worker) => worker.slots)),
    processed: add(workers.map((worker) => worker.processed)),
    perSecond: add(online.map((worker) => worker.perSecond ?? 0)),
    memory: add([...processes.values()]),
  };
}
