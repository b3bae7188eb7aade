import type { Mask } from "./types.ts";

/** Builds a mask from rows of text, `#` for 1: small masks a person can read, for tests and examples. */
export function maskOf(rows: readonly string[]): Mask {
  const width = rows[0]?.length ?? 0;
  const data = new Uint8Array(width * rows.length);
  rows.forEach((row, y) => {
    if (row.length !== width)
      throw new RangeError(`row ${y} has ${row.length} characters, the first has ${width}`);
    for (let x = 0; x < width; x++) data[y * width + x] = row[x] === "#" ? 1 : 0;
  });
  return { width, height: rows.length, data };
}

/** The rows `maskOf` would read, `.` for 0. */
export function rowsOf(mask: Mask): string[] {
  return Array.from({ length: mask.height }, (_, y) =>
    Array.from(mask.data.subarray(y * mask.width, (y + 1) * mask.width), (v) => (v ? "#" : ".")).join(""),
  );
}
