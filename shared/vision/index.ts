export type { Box, Mask, Picture, Point, Raster } from "./geometry/types.ts";
export * from "./graph/index.ts";
export * from "./junctions/index.ts";
export * from "./mask/index.ts";
export * from "./nms/index.ts";
export * from "./score/index.ts";
export * from "./skeletonize/index.ts";
export * from "./tiling/index.ts";
export * from "./trace/index.ts";
