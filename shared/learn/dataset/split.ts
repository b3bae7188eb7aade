import { createHash } from "node:crypto";
import type { Split } from "./types.ts";

/** One diagram in this many is held out. */
const HOLDOUT_EVERY = 4;

/**
 * Which part a diagram belongs to: decided by its uid alone, so that a diagram that was held out once is never learned from,
 * whatever is added or removed around it.
 */
export function splitOf(uid: string): Split {
  const bytes = createHash("sha256").update(`hold-out ${uid}`).digest();
  return bytes.readUInt32BE(0) % HOLDOUT_EVERY === 0 ? "holdout" : "train";
}
