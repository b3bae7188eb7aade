import { createHash } from "node:crypto";
import { graphRoleOf } from "#shared/symbols";
import type { BoxExample } from "./types.ts";

/**
 * Whether clustering treats a box as one nobody has named: its class is none the detector knows, or one of those (one class in
 * five, by its name) that are kept from the embedding, so that families of classes it never saw can be judged. Arrows on lines
 * are no symbols.
 */
export function isUnnamed({ truth, known }: Pick<BoxExample, "truth" | "known">): boolean {
  if (truth === null || graphRoleOf(truth) === "arrow") return false;
  return !known || createHash("sha256").update(`unnamed ${truth}`).digest()[0]! % 5 === 0;
}
