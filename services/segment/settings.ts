import { z } from "zod";
import { modelSettings } from "#shared/inference";

export const segmentSettings = z.object({
  ...modelSettings("segmenter"),
  tilePx: z.coerce
    .number()
    .int()
    .min(64)
    .max(4096)
    .default(1280)
    .describe("largest side of a tile, in sheet pixels"),
  overlapPx: z.coerce
    .number()
    .int()
    .min(0)
    .max(512)
    .default(128)
    .describe("overlap of neighbouring tiles, blended"),
  growPx: z.coerce
    .number()
    .int()
    .min(0)
    .max(50)
    .default(1)
    .describe("symbols are masked this far beyond their boxes"),
});
export type SegmentSettings = z.output<typeof segmentSettings>;
