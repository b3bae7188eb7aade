import type { BoxExample } from "../dataset/types.ts";
import { CONTEXT_FEATURES } from "./context-features.ts";
import { PATCH_SIDE } from "./symbol-patch.ts";

/** What the recommendation model calls a box that holds no symbol. */
export const NO_SYMBOL = "no symbol";

/**
 * One row for the recommendation model: the patch (grey 0..1), the surroundings, and for each of its classes how sure the detector
 * was that it is this one.
 */
export function suggestionRow(
  box: Pick<BoxExample, "patch" | "context" | "claimed" | "score">,
  names: readonly string[],
): Float32Array {
  const pixels = PATCH_SIDE * PATCH_SIDE;
  const row = new Float32Array(pixels + CONTEXT_FEATURES.length + names.length);
  for (let k = 0; k < pixels; k++) row[k] = box.patch[k]! / 255;
  row.set(box.context, pixels);
  const claimed = box.claimed === null ? -1 : names.indexOf(box.claimed);
  if (claimed >= 0) row[pixels + CONTEXT_FEATURES.length + claimed] = box.score ?? 1;
  return row;
}
