import type { Counts, HostStageCounts } from "../counts/counts.ts";
import type { Names } from "../counts/names.ts";
import type { HostNow } from "../live/workers.ts";
import { type Family, labels } from "../text/family.ts";
import { histogramSamples } from "../text/histogram-samples.ts";
import type { QueueNow } from "./queues.ts";
import { labelledStages } from "./tasks.ts";

const COUNTERS = ["received", "started", "succeeded", "rejected", "revoked", "retried"] as const;

/**
 * The families of danihodovic/celery-exporter, with its labels, so that dashboards and alerts written for it go on working.
 * Who sends a task is not a worker: as that exporter's `--generic-hostname-task-sent-metric` has it, its host is `generic`.
 * Source: https://github.com/danihodovic/celery-exporter/blob/master/src/exporter.py
 */
export function celeryFamilies(
  counts: Counts,
  names: Names,
  hosts: readonly HostNow[],
  queues: readonly QueueNow[],
): Family[] {
  const onHosts = Object.entries(counts.hosts ?? {}).flatMap(([host, { stages }]) =>
    Object.entries(stages).map(([name, own]) => ({
      values: { name, hostname: host, queue_name: names.queues.get(name) ?? name },
      own,
    })),
  );
  const counter = (event: string, samples: Family["samples"]): Family => ({
    name: `celery_task_${event}_total`,
    help: `Tasks ${event}.`,
    type: "counter",
    samples,
  });
  return [
    counter(
      "sent",
      labelledStages(counts, names).map(({ name, queue, counts: { sent } }) => ({
        labels: labels({ name, hostname: "generic", queue_name: queue }),
        value: sent,
      })),
    ),
    ...COUNTERS.map((event) =>
      counter(
        event,
        onHosts.map(({ values, own }) => ({ labels: labels(values), value: own[event] })),
      ),
    ),
    counter(
      "failed",
      onHosts.flatMap(({ values, own }) =>
        Object.entries(withoutException(own)).map(([exception, value]) => ({
          labels: labels({ ...values, exception }),
          value,
        })),
      ),
    ),
    {
      name: "celery_task_runtime",
      help: "How long successful tasks ran, in seconds.",
      type: "histogram",
      samples: onHosts.flatMap(({ values, own }) => histogramSamples(labels(values), own.runtime)),
    },
    ...gauges("celery_worker_up", "1 while the worker gives signs of life.", hosts, ({ up }) => (up ? 1 : 0)),
    ...gauges("celery_worker_tasks_active", "Tasks that run.", hosts, ({ active }) => active),
    ...(
      [
        ["celery_queue_length", "Messages no worker has yet.", "length"],
        ["celery_active_consumer_count", "Stages that are served.", "consumers"],
        ["celery_active_worker_count", "Live workers.", "workers"],
        ["celery_active_process_count", "Tasks that may run at once.", "processes"],
      ] as const
    ).map(
      ([name, help, field]): Family => ({
        name,
        help,
        type: "gauge",
        samples: queues.map((queue) => ({
          labels: labels({ queue_name: queue.queue }),
          value: queue[field],
        })),
      }),
    ),
  ];
}

/** The original shows a zero without an exception once a worker has been heard of. */
const withoutException = ({ failed }: HostStageCounts): Record<string, number> => ({ "": 0, ...failed });

function gauges(
  name: string,
  help: string,
  hosts: readonly HostNow[],
  value: (host: HostNow) => number,
): Family[] {
  const samples = hosts.map((host) => ({ labels: labels({ hostname: host.host }), value: value(host) }));
  return [{ name, help, type: "gauge", samples }];
}
