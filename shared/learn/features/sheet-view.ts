import { binarise, estimateLineWidth, type Mask, type Raster } from "#shared/vision";

/** A sheet as features look at it. */
export interface SheetView {
  grey: Raster;
  /** Dark on light, 1 is ink. */
  ink: Mask;
  /** Typical width of its strokes, px: the unit of all lengths. */
  unitPx: number;
}

/** Measured from the image alone, so that the same sheet gives the same features before and after segmentation. */
export function viewSheet(grey: Raster): SheetView {
  const ink = binarise(grey);
  return { grey, ink, unitPx: Math.max(1, estimateLineWidth(ink) || 4) };
}
