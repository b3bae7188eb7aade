import { expect, it } from "vitest";
import { correctedStyles } from "./corrected-styles.ts";

/** Rows of digits as pixels. */
const raster = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  data: Uint8Array.from(rows.join(""), Number),
});

it("gives a painted stroke the style of the line it goes on from, and makes one that touches none a process line", () => {
  const styles = raster("22000000", "00000000", "00000000", "00000000");
  const before = raster("11000000", "00000000", "00000000", "00000000");
  const after = raster("11111000", "00000000", "00000000", "00001111");
  expect(correctedStyles(styles, before, after)).toEqual(
    raster("22222000", "00000000", "00000000", "00001111"),
  );
});

it("gives an erased stroke the class of the text it touches, and makes one that touches nothing ground", () => {
  const styles = raster("66110000", "00000000", "00000111");
  const before = raster("00110000", "00000000", "00000111");
  const after = raster("00000000", "00000000", "00000000");
  expect(correctedStyles(styles, before, after)).toEqual(raster("66660000", "00000000", "00000000"));
});

it("lets a stroke that was painted say nothing about one that was erased, and leaves the rest alone", () => {
  const styles = raster("70110033");
  const before = raster("00110011");
  const after = raster("01000011");
  // The symbol touches the painted pixel only; the erased line touches no other ink.
  expect(correctedStyles(styles, before, after)).toEqual(raster("71000033"));
});
