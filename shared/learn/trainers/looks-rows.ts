import type { Looks } from "../onnx/looks.ts";
import { makeModel } from "../onnx/make-model.ts";
import { PATCH_DIMS, patchRow } from "../onnx/patch-tensor.ts";
import { openBytes } from "../onnx/run-model.ts";
import { runRows } from "../score/run-rows.ts";
import type { TrainOptions } from "../types.ts";

/** Patches between two looks at the signal. */
const BATCH = 256;

/** How every patch looks, with progress and a stop between batches. A retry looks again: that takes seconds. */
export async function looksRows(
  looks: Looks,
  patches: readonly Uint8Array[],
  { signal, progress }: Pick<TrainOptions, "signal" | "progress">,
  share: number,
): Promise<Float32Array[]> {
  await using model = await openBytes(
    makeModel({
      name: "looks",
      input: { name: looks.input, dims: ["N", ...PATCH_DIMS] },
      output: { name: looks.output, dims: ["N", looks.length] },
      nodes: looks.nodes,
      weights: looks.weights,
      metadata: {},
    }),
  );
  const rows: Float32Array[] = [];
  for (let from = 0; from < patches.length; from += BATCH) {
    signal.throwIfAborted();
    rows.push(...(await runRows(model, patches.slice(from, from + BATCH).map(patchRow), PATCH_DIMS)));
    progress((share * rows.length) / patches.length, `looked at ${rows.length} of ${patches.length}`);
  }
  return rows;
}
