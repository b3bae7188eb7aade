export { type BinariseOptions, binarise } from "./binarise.ts";
export { maskOfClasses, maskToRaster, rasterToMask, subtract, toGrey } from "./convert.ts";
export { distanceTransform } from "./distance-transform.ts";
export { estimateLineWidth } from "./estimate-line-width.ts";
export { type Components, labelComponents } from "./label-components.ts";
export { type LevelOptions, levelBackground } from "./level-background.ts";
export { otsuThreshold } from "./otsu-threshold.ts";
export { type RasteriseOptions, rasteriseBoxes, type Shape } from "./rasterise-boxes.ts";
export { type RegionOptions, regionBoxes } from "./region-boxes.ts";
