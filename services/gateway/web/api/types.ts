/** Answers of the gateway; what history answers has its types there. */
export type {
  Attempt,
  Overview,
  RunDetail,
  RunSummary,
  RunsPage,
  StageOverview,
  TaskState,
  TaskSummary,
  TasksPage,
  Timeline,
  WorkerRow,
  WorkersAnswer,
} from "#shared/history";

import type { TaskDetail as HistoryTask } from "#shared/history";

/** A line of a task's log: structured, or as the worker wrote it. */
export type LogLine =
  | string
  | { at: number; level: string; message: string; fields?: Record<string, unknown> };
export type TaskDetail = Omit<HistoryTask, "log"> & { log: LogLine[] };

export interface DeclaredStage {
  name: string;
  service: string;
  queue: string;
  takes: string[];
  gives: string[];
  summary: string;
  concurrency: number;
  retries: number;
  hardLimitMs: number;
  inline: boolean;
}

export interface DeclaredMessage {
  type: string;
  state: string;
  final: boolean;
  waits: boolean;
  summary: string;
}

export interface DeclaredPipeline {
  name: string;
  stream: string;
  failed: string;
  revoked: string;
  messages: DeclaredMessage[];
  stages: DeclaredStage[];
}

export interface Declaration {
  version: string;
  badge: string;
  readOnly: boolean;
  uploadMaxBytes: number;
  pipelines: DeclaredPipeline[];
  gates: Record<string, { stage: string; waiting: string; artifact: string; from: string }>;
  /** Content type by artifact name. */
  artifacts: Record<string, string>;
}

export interface StageQueue {
  stage: string;
  pipeline: string;
  queue: string;
  pending: number;
  inFlight: number;
  redelivered: number;
  oldestMs: number | null;
  paused: boolean;
  /** Workers asking for work right now. */
  pulls: number;
}

export interface DeadLetter {
  seq: number;
  pipeline: string;
  stage: string;
  run: string;
  code: string;
  reason: string;
  message: string;
  stack?: string;
  subject: string;
  stream: string;
  sequence: number;
  deliveries: number;
  worker?: string;
  generation: number;
  at: number;
}

export interface DeadLetterDetail extends DeadLetter {
  headers: Record<string, string>;
  body?: unknown;
  base64: string;
  size: number;
}

export interface StageOptions {
  ratePerMinute?: number | null;
  softLimitMs?: number | null;
  hardLimitMs?: number | null;
  slots?: number | null;
  autoscale?: { min: number; max: number } | null;
  options?: Record<string, unknown>;
}

export interface StageSettingsRow {
  stage: string;
  pipeline: string;
  queue: string;
  settings: StageOptions;
  options: { name: string; description: string; default: unknown; type: string }[];
}

export interface AuditEntry {
  seq: number;
  at: number;
  action: string;
  target: string;
  by: string;
  reason: string | null;
  details: unknown;
}

export interface Schedule {
  name: string;
  pipeline: string;
  subject: string;
  cron: string;
  timeZone: string;
  enabled: boolean;
  next: number | null;
  last: { run: string; at: number; state: string } | null;
  body: unknown;
}

export interface RetrainPart {
  state: string;
  runtimeMs: number | null;
  score: number | null;
  liveScore: number | null;
  promoted: boolean;
  version: string | null;
  error: string | { code: string; message: string } | null;
}

export interface RetrainRun {
  run: string;
  state: string;
  createdAt: number;
  endedAt: number | null;
  reason: string | null;
  dataset: string | null;
  parts: Record<string, RetrainPart>;
}

export interface ModelVersion {
  name: string;
  version: string;
  createdAt: number;
  by: string;
  size: number;
  digest: string;
  dataset: string | null;
  metrics: Record<string, number>;
  score: number | null;
  lineage: { run: string | null; parent: string | null; trainer: string | null };
  state: "candidate" | "live" | "previous" | "retired" | "shipped";
}

export interface Model {
  name: string;
  job: string;
  live: string | null;
  previous: string | null;
  versions: ModelVersion[];
}

export interface BulkAnswer {
  matched: number;
  done: number;
  refused: { id: string; code: string; message: string }[];
  sample: unknown[];
}
