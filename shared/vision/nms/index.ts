export { type DecodeOptions, decodeDetections } from "./decode-detections.ts";
export { type DetectorLayout, detectLayout } from "./detect-layout.ts";
export type { Detection } from "./detection.ts";
export { type MergeOptions, mergeDetections } from "./merge-detections.ts";
