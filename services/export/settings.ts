import { z } from "zod";

export const exportSettings = z.object({
  overlaySheetPx: z.coerce
    .number()
    .int()
    .min(0)
    .max(20_000)
    .default(5000)
    .describe(
      "longest side of the sheet's image inside overlay.svg; a larger sheet is reduced, 0 leaves it out",
    ),
  dpi: z.coerce
    .number()
    .min(10)
    .max(10_000)
    .default(300)
    .describe("resolution assumed for millimetres in DEXPI when the sheet does not tell its own"),
});
