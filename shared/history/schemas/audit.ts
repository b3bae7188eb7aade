import { z } from "zod";
import { Cursor, limit, Time } from "./common.ts";

/** Something a person did. */
export const AuditRecord = z.object({
  /** Stream sequence in TASKS. */
  seq: z.number().int(),
  at: Time,
  action: z.string(),
  /** What it was done to: a uid, a task, a stage, a queue, a dead letter, a model. */
  target: z.string(),
  by: z.string(),
  /** What they were allowed; null where nobody was asked. */
  role: z.string().nullable(),
  reason: z.string().nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export const AuditQuery = z.object({
  /** `retry`, or a beginning: `models.*`. */
  action: z.string().max(100).optional(),
  by: z.string().max(200).optional(),
  /** Part of the target: a uid finds what was done to its tasks too. */
  target: z.string().max(200).optional(),
  cursor: Cursor.optional(),
  limit: limit(500, 100),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** Newest first. */
export const AuditPage = z.object({ entries: z.array(AuditRecord), cursor: z.string().nullable() });
export type AuditPage = z.infer<typeof AuditPage>;
