/** One query of a panel. */
export interface Query {
  expr: string;
  /** Legend, with labels in double braces. */
  legend?: string;
}

/** One panel, as far as it differs from others of its kind. */
export interface Panel {
  title: string;
  /** What a person sees in it. */
  description: string;
  kind: "stat" | "gauge" | "timeseries" | "bars" | "pie" | "table" | "heatmap" | "bargauge";
  queries: Query[];
  /** Grafana's unit. @default "short" */
  unit?: string;
  /** Columns of 24. @default 12 */
  width?: number;
  /** @default 8 */
  height?: number;
  /** Value from which it is coloured as bad; a gauge is bad below it. */
  threshold?: number;
  /** Colours by legend. */
  colors?: Record<string, string>;
}

/** A heading with its panels. */
export interface Row {
  title: string;
  panels: Panel[];
}

/** As Flower's users know them. */
const COLORS = { succeeded: "green", failed: "red", rejected: "orange", revoked: "blue" };

/** Counters of one name over replicas of the exporter: they count the same, so the largest is the truth. */
const grew = (counter: string, range: string) =>
  `max by (name) (increase(penstock_task_${counter}_total{name=~"$stage"}[${range}]))`;
const perMinute = (counter: string) =>
  `60 * max by (name) (rate(penstock_task_${counter}_total{name=~"$stage"}[$__rate_interval]))`;
const p95 = (histogram: string, more = "") =>
  `histogram_quantile(0.95, sum by (name, le) (max by (name, ${more}le) (rate(penstock_task_${histogram}_seconds_bucket{name=~"$stage"}[$__rate_interval]))))`;

/** The dashboard: thirteen panels that users of Flower and celery-exporter look for, and those of the pipeline. */
export const ROWS: readonly Row[] = [
  {
    title: "Tasks",
    panels: [
      {
        title: "Active workers",
        description: "Workers that give signs of life. One process may hold a worker for each of its stages.",
        kind: "stat",
        queries: [{ expr: "sum(max by (queue_name) (penstock_active_worker_count))" }],
        width: 6,
        height: 5,
      },
      {
        title: "Tasks executed",
        description: "Tasks that ended in the time shown, well or badly.",
        kind: "stat",
        queries: [
          { expr: `round(sum(${grew("succeeded", "$__range")}) + sum(${grew("failed", "$__range")}))` },
        ],
        width: 6,
        height: 5,
      },
      {
        title: "Failed in the last hour",
        description: "Tasks that failed for good.",
        kind: "stat",
        queries: [{ expr: `round(sum(${grew("failed", "1h")}))` }],
        width: 6,
        height: 5,
        threshold: 1,
      },
      {
        title: "Success rate",
        description: "Of the tasks that ended in the time shown.",
        kind: "gauge",
        queries: [
          {
            expr: `sum(${grew("succeeded", "$__range")}) / (sum(${grew("succeeded", "$__range")}) + sum(${grew("failed", "$__range")}))`,
          },
        ],
        unit: "percentunit",
        width: 6,
        height: 5,
        threshold: 0.95,
      },
      {
        title: "Execution rate per minute",
        description: "Executions begun, by stage.",
        kind: "timeseries",
        queries: [{ expr: perMinute("started"), legend: "{{name}}" }],
      },
      {
        title: "Duration p95",
        description: "95 of 100 executions took no longer, by stage.",
        kind: "timeseries",
        queries: [{ expr: p95("duration", "outcome, "), legend: "{{name}}" }],
        unit: "s",
      },
      {
        title: "Queue length by queue",
        description: "Messages no worker has yet.",
        kind: "timeseries",
        queries: [
          {
            expr: 'max by (queue_name) (penstock_queue_length{queue_name=~"$queue"})',
            legend: "{{queue_name}}",
          },
        ],
      },
      {
        title: "Worker memory",
        description: "Resident memory of the worker processes, by host.",
        kind: "timeseries",
        queries: [
          { expr: "max by (hostname) (penstock_worker_resident_memory_bytes)", legend: "{{hostname}}" },
        ],
        unit: "bytes",
      },
      {
        title: "Failures",
        description: "Tasks that failed within five minutes; above the line PenstockManyFailures fires.",
        kind: "bars",
        queries: [{ expr: `round(sum(${grew("failed", "5m")}))`, legend: "failed" }],
        threshold: 6,
        colors: COLORS,
      },
      {
        title: "Status distribution",
        description: "How tasks ended in the time shown.",
        kind: "pie",
        queries: [
          { expr: `round(sum(${grew("succeeded", "$__range")}))`, legend: "succeeded" },
          {
            expr: `round(sum(${grew("failed", "$__range")}) - sum(${grew("rejected", "$__range")}))`,
            legend: "failed",
          },
          { expr: `round(sum(${grew("rejected", "$__range")}))`, legend: "rejected" },
          { expr: `round(sum(${grew("revoked", "$__range")}))`, legend: "revoked" },
        ],
        width: 6,
        colors: COLORS,
      },
      {
        title: "Active tasks",
        description: "What runs now, where.",
        kind: "table",
        queries: [
          {
            expr: 'sort_desc(max by (name, queue_name, hostname) (penstock_task_active{name=~"$stage",queue_name=~"$queue"}))',
          },
        ],
        width: 6,
      },
      {
        title: "Retry rate",
        description: "Attempts per minute that failed and will be repeated, by stage.",
        kind: "timeseries",
        queries: [{ expr: perMinute("retried"), legend: "{{name}}" }],
      },
      {
        title: "Activity by hour",
        description: "Executions begun, by hour of the day in UTC.",
        kind: "heatmap",
        queries: [
          {
            expr: "max by (hour) (increase(penstock_task_executions_by_hour_total[$__rate_interval]))",
            legend: "{{hour}}",
          },
        ],
      },
    ],
  },
  {
    title: "Pipeline",
    panels: [
      {
        title: "Diagrams by state",
        description: "Where all diagrams are now, waiting for people included.",
        kind: "bargauge",
        queries: [{ expr: "max by (state) (penstock_diagrams)", legend: "{{state}}" }],
        height: 10,
      },
      {
        title: "Wait p95 by stage",
        description: "95 of 100 tasks started sooner after their message was stored.",
        kind: "timeseries",
        queries: [{ expr: p95("queue_wait"), legend: "{{name}}" }],
        unit: "s",
        height: 10,
      },
      {
        title: "Oldest task that is not done",
        description: "By queue.",
        kind: "timeseries",
        queries: [
          {
            expr: 'max by (queue_name) (penstock_queue_oldest_age_seconds{queue_name=~"$queue"})',
            legend: "{{queue_name}}",
          },
        ],
        unit: "s",
        width: 8,
      },
      {
        title: "With workers or waiting for a retry",
        description: "Messages handed out and not acknowledged, by queue.",
        kind: "timeseries",
        queries: [
          {
            expr: 'max by (queue_name) (penstock_queue_ack_pending{queue_name=~"$queue"})',
            legend: "{{queue_name}}",
          },
        ],
        width: 8,
      },
      {
        title: "Dead letters",
        description: "Messages kept because they could not be handled, by queue.",
        kind: "timeseries",
        queries: [
          {
            expr: 'max by (queue_name) (penstock_dlq_length{queue_name=~"$queue"})',
            legend: "{{queue_name}}",
          },
        ],
        threshold: 1,
        width: 8,
      },
      {
        title: "Errors by code",
        description: "Attempts that threw, ever.",
        kind: "bargauge",
        queries: [
          {
            expr: 'topk(10, sum by (exception) (max by (name, exception) (penstock_task_exceptions_total{name=~"$stage"})))',
            legend: "{{exception}}",
          },
        ],
      },
      {
        title: "Models",
        description: "Versions in use.",
        kind: "table",
        queries: [{ expr: "max by (model, version, source) (penstock_model_version_info)" }],
      },
    ],
  },
];
