/** Answers of the gateway; what history answers has its types there. */
export type {
  Attempt,
  AuditPage,
  AuditRecord,
  Overview,
  RunDetail,
  RunSummary,
  RunsPage,
  StageOverview,
  TaskDetail,
  TaskState,
  TaskSummary,
  TasksPage,
  Timeline,
  WorkerRow,
  WorkersAnswer,
} from "#shared/history";

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

export interface StageLimits {
  /** Starts per minute over all replicas. */
  ratePerMinute: number | null;
  softLimitMs: number | null;
  hardLimitMs: number | null;
  /** Slots of every worker. */
  slots: number | null;
  autoscale: { min: number; max: number } | null;
}

export interface StageOption {
  name: string;
  description: string;
  /** `integer`, `number`, `boolean`, `string`, `list …`, or the values there are, with commas between. */
  type: string;
  /** As it would be written in the environment. */
  default: string;
  range: string;
  minimum?: number;
  maximum?: number;
}

export interface StageSettingsRow {
  stage: string;
  pipeline: string;
  queue: string;
  /** What somebody set; null where the declared holds. */
  settings: StageLimits & { options: Record<string, unknown> };
  declared: { softLimitMs: number; hardLimitMs: number; slots: number };
  options: StageOption[];
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
  /** `waiting`, `training`, `retrying`, `trained`, `failed`, `revoked`, `left`. */
  state: string;
  runtimeMs: number | null;
  /** 0..1 while it trains. */
  progress: number | null;
  note: string | null;
  score: number | null;
  liveScore: number | null;
  promoted: boolean;
  version: string | null;
  /** Why it is promoted or not. */
  reason: string | null;
  error: string | null;
}

export interface RetrainRun {
  run: string;
  state: string;
  createdAt: number;
  endedAt: number | null;
  reason: string | null;
  dataset: string | null;
  by: string | null;
  /** Name of the schedule that started it. */
  schedule: string | null;
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
  sample: { id: string; run: string; stage: string; state: string | null }[];
}

/** The input message of a task. */
export interface TaskInput {
  type: string;
  seq: number;
  generation: number;
  body: Record<string, unknown>;
}
