export { blendWindow } from "./blend-window.ts";
export { type BlankOptions, isBlankSlice } from "./is-blank-slice.ts";
export { isCutOff } from "./is-cut-off.ts";
export { type Fit, fromLetterbox, letterbox } from "./letterbox.ts";
export { planSlices, type Slice, type SliceOptions } from "./plan-slices.ts";
export { planTiles, type TileOptions } from "./plan-tiles.ts";
export { sliceToTensor } from "./slice-to-tensor.ts";
export { type BlenderOptions, createTileBlender, type TileBlender } from "./tile-blender.ts";
export { tileToTensor } from "./tile-to-tensor.ts";
