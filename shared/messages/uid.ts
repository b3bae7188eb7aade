import { z } from "zod";

/** Longest uid accepted, in characters: it must fit into a subject token and an object key. */
export const UID_MAX = 64;

/** The id of a diagram or run: one subject token, so letters, digits, `_` and `-` only. */
export const Uid = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{1,64}$/,
    `a uid has 1 to ${UID_MAX} letters, digits, "_" or "-" (it becomes one token of a NATS subject)`,
  );
export type Uid = z.infer<typeof Uid>;
