import { z } from "zod";
import { MAX_PIXELS } from "#shared/raster";

export const ingestSettings = z.object({
  dpi: z.coerce
    .number()
    .int()
    .min(50)
    .max(1200)
    .default(300)
    .describe("resolution at which PDF and SVG pages are drawn"),
  maxMegabytes: z.coerce.number().int().positive().default(300).describe("largest source file, in MB"),
  maxPixels: z.coerce
    .number()
    .int()
    .positive()
    .default(MAX_PIXELS)
    .describe("largest raster image, in pixels; checked by its header"),
  maxDrawnPixels: z.coerce
    .number()
    .int()
    .positive()
    .default(80_000_000)
    .describe("a PDF or SVG page with more pixels at dpi is drawn at a lower one"),
  maxPages: z.coerce
    .number()
    .int()
    .positive()
    .default(200)
    .describe("most pages split into diagrams of their own"),
  deskew: z
    .stringbool()
    .or(z.boolean())
    .default(true)
    .describe("turn scans upright that are skewed by 0.15° to 15°"),
  turn: z
    .stringbool()
    .or(z.boolean())
    .default(true)
    .describe("turn sheets upright whose text runs sideways or upside down, where tesseract is installed"),
  tesseract: z.string().max(1000).default("tesseract").describe("its name on the PATH, or its path"),
  dropFolder: z.string().default("").describe('folder that messages with "file" may read from; empty: none'),
});
export type IngestSettings = z.output<typeof ingestSettings>;
