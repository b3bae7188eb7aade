import { z } from "zod";

/** What a model says about itself, as it was resolved when the version was added. */
export const StoredCard = z.object({
  names: z.array(z.string().max(200)).max(10_000),
  inputPx: z.number().positive().optional(),
  slicePx: z.number().positive().optional(),
  multiplePx: z.number().int().positive().optional(),
  threshold: z.number().positive().lt(1).optional(),
  logitStep: z.number().positive().optional(),
  endToEnd: z.boolean().optional(),
});
export type StoredCard = z.infer<typeof StoredCard>;

/** KV `models`, key `<name>.<version>`: one version, written once. Times are ms since the epoch. */
export const StoredVersion = z.object({
  name: z.string(),
  /** `v1`, `v2`, …; a number is never used twice. */
  version: z.string(),
  createdAt: z.number(),
  by: z.string(),
  reason: z.string().nullable(),
  /** Bytes of the ONNX file. */
  size: z.number().int(),
  /** SHA-256 of the file, hex. */
  digest: z.string(),
  card: StoredCard,
  /** Dataset it was trained on: its name, or a digest. */
  dataset: z.string().nullable(),
  metrics: z.record(z.string(), z.number()),
  /** The figure versions are compared by; higher is better. */
  score: z.number().nullable(),
  lineage: z.object({
    run: z.string().nullable(),
    parent: z.string().nullable(),
    trainer: z.string().nullable(),
  }),
});
export type StoredVersion = z.infer<typeof StoredVersion>;

/** One change of what is live. */
export const LiveChange = z.object({
  version: z.string().nullable(),
  at: z.number(),
  by: z.string(),
  reason: z.string().nullable(),
});
export type LiveChange = z.infer<typeof LiveChange>;

/** KV `models`, key `<name>`: which version is live. `shipped` is the file under `models/`; null is none at all. */
export const LiveRecord = LiveChange.extend({
  previous: z.string().nullable(),
  /** The last changes, newest first, this one included. */
  history: z.array(LiveChange).max(50),
});
export type LiveRecord = z.infer<typeof LiveRecord>;

/** The version that is the shipped file. */
export const SHIPPED = "shipped";

export type VersionState = "candidate" | "live" | "previous" | "retired" | "shipped";

/** A version as people see it. */
export interface ModelVersion extends Omit<StoredVersion, "card"> {
  /** `retired` was live once; `shipped` is the package's own file while something else is live. */
  state: VersionState;
  /** How many classes it names. */
  classes: number;
}

/** A model with its versions, newest first. */
export interface ModelEntry {
  name: string;
  job: string;
  live: string | null;
  previous: string | null;
  /** The last changes of what is live, newest first. */
  history: LiveChange[];
  versions: ModelVersion[];
}
