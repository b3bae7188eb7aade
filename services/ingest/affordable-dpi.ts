/** Dpi at which a page of this size has at most `maxPixels`, and at most `dpi`. */
export function affordableDpi(widthInch: number, heightInch: number, dpi: number, maxPixels: number): number {
  return Math.min(dpi, Math.floor(Math.sqrt(maxPixels / (widthInch * heightInch))));
}
