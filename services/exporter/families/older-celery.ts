import type { Counts, StageCounts } from "../counts/counts.ts";
import type { Names } from "../counts/names.ts";
import type { HostNow } from "../live/workers.ts";
import { type Family, labels } from "../text/family.ts";
import { histogramSamples } from "../text/histogram-samples.ts";
import { labelledStages } from "./tasks.ts";

/** Ends of tasks by the state Celery has for them. They exclude each other, so their sum is the tasks that ended. */
const STATES: readonly [state: string, count: (stage: StageCounts) => number][] = [
  ["SUCCESS", ({ succeeded }) => succeeded],
  ["FAILURE", ({ failed, rejected }) => failed - rejected],
  ["REJECTED", ({ rejected }) => rejected],
  ["REVOKED", ({ revoked }) => revoked],
];

/** The names that dashboards written for older Celery exporters use. */
export function olderCeleryFamilies(counts: Counts, names: Names, hosts: readonly HostNow[]): Family[] {
  const stages = labelledStages(counts, names);
  const counter = (event: "succeeded" | "failed" | "retried"): Family => ({
    name: `celery_tasks_${event}_total`,
    help: `Tasks ${event}.`,
    type: "counter",
    samples: stages.map((stage) => ({ labels: stage.labels, value: stage.counts[event] })),
  });
  return [
    {
      name: "celery_workers",
      help: "Hosts with live workers.",
      type: "gauge",
      samples: [{ labels: "", value: hosts.filter(({ up }) => up).length }],
    },
    {
      name: "celery_tasks_total",
      help: "Tasks that ended, by state.",
      type: "counter",
      samples: stages.flatMap((stage) =>
        STATES.map(([state, count]) => ({
          labels: `${stage.labels},state="${state}"`,
          value: count(stage.counts),
        })),
      ),
    },
    counter("succeeded"),
    counter("failed"),
    counter("retried"),
    {
      name: "celery_task_runtime_seconds",
      help: "How long successful tasks ran.",
      type: "histogram",
      samples: stages.flatMap((stage) => histogramSamples(stage.labels, stage.counts.duration.succeeded)),
    },
    {
      name: "celery_worker_memory_rss_bytes",
      help: "Memory of the worker processes on a host.",
      type: "gauge",
      samples: hosts.flatMap(({ host, residentBytes }) =>
        residentBytes === null ? [] : [{ labels: labels({ hostname: host }), value: residentBytes }],
      ),
    },
  ];
}
