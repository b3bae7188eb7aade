import { z } from "zod";
import { Cursor, limit, Time } from "./common.ts";

/** A dead letter without its bytes; those lie in stream DEAD under `seq`. */
export const DeadLetter = z.object({
  /** Its sequence in stream DEAD. */
  seq: z.number().int(),
  pipeline: z.string(),
  stage: z.string(),
  run: z.string(),
  /** Id of the task that died. */
  task: z.string(),
  reason: z.string(),
  code: z.string(),
  message: z.string(),
  /** Where the message came from. */
  subject: z.string(),
  stream: z.string(),
  sequence: z.number().int(),
  deliveries: z.number().int(),
  worker: z.string().nullable(),
  generation: z.number().int(),
  /** Bytes. */
  size: z.number().int(),
  at: Time,
});
export type DeadLetter = z.infer<typeof DeadLetter>;

export const DeadQuery = z.object({
  pipeline: z.string().max(100).optional(),
  stage: z.string().max(100).optional(),
  reason: z.string().max(100).optional(),
  cursor: Cursor.optional(),
  limit: limit(200),
});
export type DeadQuery = z.infer<typeof DeadQuery>;

/** Newest first. */
export const DeadPage = z.object({
  letters: z.array(DeadLetter),
  cursor: z.string().nullable(),
  total: z.number().int(),
});
export type DeadPage = z.infer<typeof DeadPage>;
