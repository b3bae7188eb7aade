import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sheet } from "./generate-sheet.ts";
import { encodePng } from "./png.ts";

/** Writes a sheet, its masks and its truth into a folder as NAME.png, NAME.truth.json, NAME.pipe.png, NAME.style.png and NAME.skeleton.png. */
export function writeSheet(folder: string, name: string, sheet: Sheet): void {
  mkdirSync(folder, { recursive: true });
  const { widthPx: w, heightPx: h } = sheet;
  const put = (suffix: string, bytes: Uint8Array | string) =>
    writeFileSync(join(folder, `${name}${suffix}`), bytes);
  put(".png", encodePng(sheet.image, w, h, sheet.channels, sheet.truth.sheet.dpi));
  put(".pipe.png", encodePng(sheet.pipe, w, h, 1));
  put(".style.png", encodePng(sheet.style, w, h, 1));
  put(".skeleton.png", encodePng(sheet.skeleton, w, h, 1));
  put(".truth.json", JSON.stringify({ ...sheet.truth, sheet: { ...sheet.truth.sheet, uid: name } }));
}
