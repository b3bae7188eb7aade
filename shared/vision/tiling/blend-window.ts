/**
 * Weights of one tile, [height × width], that fall linearly to a small value over the outer `overlapPx` pixels: the
 * rim of a tile lacks context and must not outvote the neighbour that sees it in its middle. Never 0, so a pixel
 * covered once still gets a class.
 */
export function blendWindow(width: number, height: number, overlapPx: number): Float32Array {
  const ramp = (length: number) =>
    Float32Array.from({ length }, (_, i) =>
      Math.min(1, (Math.min(i, length - 1 - i) + 0.5) / Math.max(overlapPx, 1)),
    );
  const across = ramp(width);
  const down = ramp(height);
  const weights = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) weights[i] = across[x]! * down[y]!;
  return weights;
}
