import { labelComponents, type Mask } from "#shared/vision";

/** Letters are at most this large, as a share of the sheet's shorter side, and no smaller than this many pixels. */
const LARGEST = 0.02;
const SMALLEST_PX = 3;
/** Fewer neighbouring letters than this say nothing. */
const ENOUGH = 60;
/** So many times more letters stand above each other than beside each other on a sheet turned by a quarter. */
const TURNED = 2;

/**
 * True when most text runs up or down the sheet: letters (small lone pieces of ink) have their nearest neighbour above or below,
 * not beside them. Tells a sheet turned by 90° or 270° from an upright one; 180° looks the same.
 */
export function isTextTurned(ink: Mask): boolean {
  const { labels, count } = labelComponents(ink);
  const boxes = Array.from({ length: count + 1 }, () => ({ x0: 1e9, y0: 1e9, x1: -1, y1: -1 }));
  for (let y = 0, i = 0; y < ink.height; y++)
    for (let x = 0; x < ink.width; x++, i++) {
      if (!labels[i]) continue;
      const box = boxes[labels[i]!]!;
      box.x0 = Math.min(box.x0, x);
      box.x1 = Math.max(box.x1, x);
      box.y0 = Math.min(box.y0, y);
      box.y1 = Math.max(box.y1, y);
    }
  const limit = Math.max(8, LARGEST * Math.min(ink.width, ink.height));
  const letters = boxes
    .map(({ x0, y0, x1, y1 }) => ({
      x: (x0 + x1) / 2,
      y: (y0 + y1) / 2,
      size: Math.max(x1 - x0, y1 - y0) + 1,
    }))
    .filter(({ size }) => size >= SMALLEST_PX && size <= limit);
  const cell = limit * 2;
  const grid = new Map<string, typeof letters>();
  const key = (x: number, y: number) => `${Math.floor(x / cell)},${Math.floor(y / cell)}`;
  for (const letter of letters)
    grid.set(key(letter.x, letter.y), [...(grid.get(key(letter.x, letter.y)) ?? []), letter]);
  let [beside, above] = [0, 0];
  for (const letter of letters) {
    let nearest = 2 * letter.size;
    let turn = 0;
    for (const dx of [-cell, 0, cell])
      for (const dy of [-cell, 0, cell])
        for (const other of grid.get(key(letter.x + dx, letter.y + dy)) ?? []) {
          const [ox, oy] = [Math.abs(other.x - letter.x), Math.abs(other.y - letter.y)];
          const distance = Math.hypot(ox, oy);
          if (other === letter || distance >= nearest || other.size > 2 * letter.size) continue;
          nearest = distance;
          turn = ox > 2 * oy ? 1 : oy > 2 * ox ? -1 : 0;
        }
    if (turn > 0) beside++;
    else if (turn < 0) above++;
  }
  return beside + above >= ENOUGH && above > TURNED * beside;
}
