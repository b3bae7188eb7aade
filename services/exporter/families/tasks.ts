import { type Counts, emptyStage, OUTCOMES, type StageCounts } from "../counts/counts.ts";
import type { Names } from "../counts/names.ts";
import { UNKNOWN } from "../counts/names.ts";
import { type Family, labels } from "../text/family.ts";
import { histogramSamples } from "../text/histogram-samples.ts";

type Counter = Exclude<keyof StageCounts, "exceptions" | "duration" | "wait">;

/** Counter families: name, field, help. */
const COUNTERS: readonly [name: string, field: Counter, help: string][] = [
  ["sent", "sent", "Tasks whose message was stored."],
  ["received", "received", "Executions a worker took."],
  ["started", "started", "Executions whose handler began."],
  ["succeeded", "succeeded", "Tasks whose result was stored."],
  ["failed", "failed", "Tasks that failed for good: attempts used up, impossible, or refused."],
  ["retried", "retried", "Attempts that failed and will be repeated."],
  ["redelivered", "redelivered", "Messages that came again because a worker died or lost its lease."],
  ["rejected", "rejected", "Failed tasks whose message was refused as poison."],
  ["revoked", "revoked", "Tasks a person ended."],
  ["dead_lettered", "deadLettered", "Messages kept as dead letters."],
];

/** A stage with its labels and counts; declared ones that nothing happened to count zero. */
export interface LabelledStage {
  name: string;
  queue: string;
  labels: string;
  counts: StageCounts;
}

/** Every declared stage, and `unknown` once something was. */
export function labelledStages(counts: Counts, names: Names): LabelledStage[] {
  const nothing = emptyStage();
  const all = [...names.queues];
  if (counts.stages[UNKNOWN]) all.push([UNKNOWN, UNKNOWN]);
  return all.map(([name, queue]) => ({
    name,
    queue,
    labels: labels({ name, queue_name: queue }),
    counts: counts.stages[name] ?? nothing,
  }));
}

/** Counters and histograms of tasks. */
export function taskFamilies(counts: Counts, names: Names): Family[] {
  const stages = labelledStages(counts, names);
  return [
    ...COUNTERS.map(
      ([name, field, help]): Family => ({
        name: `penstock_task_${name}_total`,
        help,
        type: "counter",
        samples: stages.map((stage) => ({ labels: stage.labels, value: stage.counts[field] })),
      }),
    ),
    {
      name: "penstock_task_exceptions_total",
      help: "Attempts that threw, by error code, or class where there is no code.",
      type: "counter",
      samples: stages.flatMap(({ name, counts: { exceptions } }) =>
        Object.entries(exceptions).map(([exception, value]) => ({
          labels: labels({ name, exception }),
          value,
        })),
      ),
    },
    {
      name: "penstock_task_executions_by_hour_total",
      help: "Executions begun, by hour of the day in UTC.",
      type: "counter",
      samples: counts.hours.map((value, hour) => ({
        labels: labels({ hour: String(hour).padStart(2, "0") }),
        value,
      })),
    },
    {
      name: "penstock_task_duration_seconds",
      help: "How long executions took.",
      type: "histogram",
      samples: stages.flatMap((stage) =>
        OUTCOMES.flatMap((outcome) =>
          histogramSamples(`${stage.labels},outcome="${outcome}"`, stage.counts.duration[outcome]),
        ),
      ),
    },
    {
      name: "penstock_task_queue_wait_seconds",
      help: "From stored to started, first attempts.",
      type: "histogram",
      samples: stages.flatMap((stage) => histogramSamples(stage.labels, stage.counts.wait)),
    },
  ];
}
