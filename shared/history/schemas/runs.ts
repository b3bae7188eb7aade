import { z } from "zod";
import { ArtifactRef } from "#shared/messages";
import { Cursor, Duration, limit, oneOrMore, Time } from "./common.ts";
import { TaskState } from "./tasks.ts";

/** Why a run ended in error. */
export const RunError = z.object({ stage: z.string(), code: z.string(), message: z.string() });
export type RunError = z.infer<typeof RunError>;

/** One diagram, or one run of another pipeline. */
export const RunSummary = z.object({
  uid: z.string(),
  pipeline: z.string(),
  name: z.string().nullable(),
  /** State named by the pipeline's declaration: `uploaded` … `completed`, `error`, `revoked`, `awaiting_…`. */
  state: z.string(),
  /** The run is over. */
  final: z.boolean(),
  /** The run waits for a person. */
  waits: z.boolean(),
  /** Stage it is in now, or ended in. */
  stage: z.string().nullable(),
  /** How many times it was retried by hand. */
  generation: z.number().int(),
  /** How far along the declared pipeline, 0..1. */
  progress: z.number(),
  review: z.string().nullable(),
  /** The diagram whose page this is. */
  parent: z.string().nullable(),
  error: RunError.nullable(),
  created: Time,
  updated: Time,
  /** Stream sequence of the message that made this state. */
  seq: z.number().int(),
});
export type RunSummary = z.infer<typeof RunSummary>;

/** One part of a run that was handed out in parts: its latest task. */
export const RunPart = z.object({
  name: z.string(),
  /** Id of its task; see `/api/v1/tasks/:id` for attempts and log. */
  task: z.string(),
  stage: z.string(),
  state: TaskState,
  attempts: z.number().int(),
  started: Time.nullable(),
  ended: Time.nullable(),
  runtimeMs: Duration.nullable(),
  progress: z.number().nullable(),
  note: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type RunPart = z.infer<typeof RunPart>;

export const RunDetail = RunSummary.extend({
  /** Artifacts of the latest event, by contract name. */
  artifacts: z.record(z.string(), ArtifactRef),
  /** Everything else the latest event carried: counts, confidence, warnings, approvals, sheet, meta … */
  details: z.record(z.string(), z.unknown()),
  /** Diagrams made of its pages, at most 1000. */
  children: z.array(z.string()),
  /** Of a run handed out in parts, how each stands, by name; at most 1000. */
  parts: z.array(RunPart),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const RunsQuery = z.object({
  pipeline: z.string().max(100).optional(),
  state: oneOrMore(z.string().max(100)).optional(),
  /** Only runs that are not over (`active`), wait for a person (`waiting`), or are over (`final`). */
  phase: z.enum(["active", "waiting", "final"]).optional(),
  parent: z.string().max(100).optional(),
  /** Part of the name or of the uid, any case. */
  q: z.string().max(200).optional(),
  sort: z.enum(["updated", "created"]).default("updated"),
  cursor: Cursor.optional(),
  limit: limit(200),
});
export type RunsQuery = z.infer<typeof RunsQuery>;

export const RunsPage = z.object({
  runs: z.array(RunSummary),
  cursor: z.string().nullable(),
  /** All that match; null when counting would cost a scan (a text search). */
  total: z.number().int().nullable(),
});
export type RunsPage = z.infer<typeof RunsPage>;

/** Asks for one run; without `pipeline`, for the one updated last among those of that id. */
export const RunQuery = z.object({ uid: z.string().max(100), pipeline: z.string().max(100).optional() });
export type RunQuery = z.infer<typeof RunQuery>;

export const ForgetQuery = z.object({ uid: z.string().max(100), pipeline: z.string().max(100) });
export type ForgetQuery = z.infer<typeof ForgetQuery>;
export const Forgotten = z.object({ forgotten: z.boolean() });
export type Forgotten = z.infer<typeof Forgotten>;

/** What lies in KV bucket `runs` under the uid. */
export const RunEntry = z.object({
  uid: z.string(),
  pipeline: z.string(),
  state: z.string(),
  stage: z.string().nullable(),
  generation: z.number().int(),
  updated: Time,
  /** Stream sequence that made the state, and when that stream was created: together they order two writers. */
  seq: z.number().int(),
  epoch: Time,
  name: z.string().optional(),
  error: RunError.optional(),
});
export type RunEntry = z.infer<typeof RunEntry>;
