import { emptyHistogram, type Histogram } from "./histogram.ts";

/** Outcomes of one execution, as the label of the duration histogram. */
export const OUTCOMES = ["succeeded", "failed", "retried"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What happened to the tasks of one stage, ever. */
export interface StageCounts {
  sent: number;
  received: number;
  started: number;
  succeeded: number;
  /** Ended badly for good: attempts used up, impossible, or refused. */
  failed: number;
  retried: number;
  redelivered: number;
  /** Those of `failed` whose message was refused as poison. */
  rejected: number;
  revoked: number;
  deadLettered: number;
  /** Attempts that threw, by code. */
  exceptions: Record<string, number>;
  duration: Record<Outcome, Histogram>;
  wait: Histogram;
}

/** The same by host, as celery-exporter has it; kept only when asked for. */
export interface HostStageCounts {
  received: number;
  started: number;
  succeeded: number;
  rejected: number;
  revoked: number;
  retried: number;
  /** Failures by exception. */
  failed: Record<string, number>;
  runtime: Histogram;
}

export interface HostCounts {
  /** Time of the last message of a worker on it, ms. */
  seenAt: number;
  stages: Record<string, HostStageCounts>;
}

/** Everything that is counted: plain data, a pure function of the streams up to the place it stands at. */
export interface Counts {
  /** By name of the stage, or `unknown`. */
  stages: Record<string, StageCounts>;
  /** Executions begun, by hour of the day in UTC. */
  hours: number[];
  /** Null when hosts are not told apart. */
  hosts: Record<string, HostCounts> | null;
  /** When the stream stored the last message of `TASKS` that is counted, ms; 0 for none. */
  lastEventAt: number;
}

/** No prototype: names come from messages. */
const table = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;

export const emptyCounts = (byHost: boolean): Counts => ({
  stages: table(),
  hours: new Array(24).fill(0),
  hosts: byHost ? table() : null,
  lastEventAt: 0,
});

export const emptyStage = (): StageCounts => ({
  sent: 0,
  received: 0,
  started: 0,
  succeeded: 0,
  failed: 0,
  retried: 0,
  redelivered: 0,
  rejected: 0,
  revoked: 0,
  deadLettered: 0,
  exceptions: table(),
  duration: { succeeded: emptyHistogram(), failed: emptyHistogram(), retried: emptyHistogram() },
  wait: emptyHistogram(),
});

export const emptyHostStage = (): HostStageCounts => ({
  received: 0,
  started: 0,
  succeeded: 0,
  rejected: 0,
  revoked: 0,
  retried: 0,
  failed: table(),
  runtime: emptyHistogram(),
});

/** The counts of a stage, made when it is the first time. */
export function stageOf(counts: Counts, name: string): StageCounts {
  counts.stages[name] ??= emptyStage();
  return counts.stages[name];
}

/** The counts of a stage on a host, made when it is the first time; null when hosts are not told apart. */
export function hostStageOf(counts: Counts, host: string, name: string): HostStageCounts | null {
  if (!counts.hosts) return null;
  counts.hosts[host] ??= { seenAt: counts.lastEventAt, stages: table() };
  const { stages } = counts.hosts[host];
  stages[name] ??= emptyHostStage();
  return stages[name];
}
