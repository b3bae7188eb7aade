import { PATCH_SIDE } from "../features/symbol-patch.ts";

/** A patch as a network takes it: grey 0..1. */
export const patchRow = (patch: Uint8Array): Float32Array => Float32Array.from(patch, (grey) => grey / 255);

/** Shape of one patch, without the batch. */
export const PATCH_DIMS = [1, PATCH_SIDE, PATCH_SIDE] as const;
