import type { Names } from "../counts/names.ts";
import type { HostNow } from "../live/workers.ts";
import { type Family, labels } from "../text/family.ts";

/** Gauges of hosts and what runs on them. */
export function workerFamilies(hosts: readonly HostNow[], names: Names): Family[] {
  const gauge = (name: string, help: string, value: (host: HostNow) => number | null): Family => ({
    name: `penstock_${name}`,
    help,
    type: "gauge",
    samples: hosts.flatMap((host) => {
      const current = value(host);
      return current === null ? [] : [{ labels: labels({ hostname: host.host }), value: current }];
    }),
  });
  return [
    gauge("worker_up", "1 while a worker on the host gives signs of life.", ({ up }) => (up ? 1 : 0)),
    gauge("worker_tasks_active", "Tasks that run on the host.", ({ active }) => active),
    gauge(
      "worker_resident_memory_bytes",
      "Memory of the worker processes on the host, without their executors.",
      ({ residentBytes }) => residentBytes,
    ),
    {
      name: "penstock_task_active",
      help: "Tasks that run now.",
      type: "gauge",
      samples: hosts.flatMap(({ host, stages }) =>
        [...sumByName(stages, names)].map(([name, value]) => ({
          labels: labels({ name, queue_name: names.queues.get(name) ?? name, hostname: host }),
          value,
        })),
      ),
    },
  ];
}

/** Stages nobody declares count as one. */
function sumByName(stages: ReadonlyMap<string, number>, names: Names): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [stage, active] of stages)
    sums.set(names.stage(stage), (sums.get(names.stage(stage)) ?? 0) + active);
  return sums;
}
