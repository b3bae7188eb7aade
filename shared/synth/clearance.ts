/** Coarse map of where ink is, so that texts find white ground. */
export interface Clearance {
  columns: number;
  rows: number;
  step: number;
  taken: Uint8Array;
}

/** An empty map with squares of `step` px. */
export function createClearance(widthPx: number, heightPx: number, step = 6): Clearance {
  const columns = Math.ceil(widthPx / step);
  const rows = Math.ceil(heightPx / step);
  return { columns, rows, step, taken: new Uint8Array(columns * rows) };
}

/** Box in squares, clipped to the map. */
function squares(
  map: Clearance,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): [number, number, number, number] {
  return [
    Math.max(0, Math.floor(x0 / map.step)),
    Math.max(0, Math.floor(y0 / map.step)),
    Math.min(map.columns - 1, Math.floor(x1 / map.step)),
    Math.min(map.rows - 1, Math.floor(y1 / map.step)),
  ];
}

/** Marks a box as inked. */
export function take(map: Clearance, x0: number, y0: number, x1: number, y1: number): void {
  const [a, b, c, d] = squares(map, x0, y0, x1, y1);
  for (let r = b; r <= d; r++) map.taken.fill(1, r * map.columns + a, r * map.columns + c + 1);
}

/** True when a box is inside the map and white. */
export function isClear(map: Clearance, x0: number, y0: number, x1: number, y1: number): boolean {
  if (x0 < 0 || y0 < 0 || x1 >= map.columns * map.step || y1 >= map.rows * map.step) return false;
  const [a, b, c, d] = squares(map, x0, y0, x1, y1);
  for (let r = b; r <= d; r++) for (let i = a; i <= c; i++) if (map.taken[r * map.columns + i]) return false;
  return true;
}
