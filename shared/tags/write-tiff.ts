import type { Raster } from "#shared/vision";

/** Fields of a page's directory, and its bytes: a count, twelve for each field, where the next directory is. */
const FIELDS = 9;
const DIRECTORY = 2 + 12 * FIELDS + 4;
const [SHORT, LONG] = [3, 4];

/**
 * Stores grey pages as one TIFF of plain samples, which a program reads many pictures from. Source: TIFF revision 6.0, 1992.
 * @returns the file in pieces: it is as large as all pages together, and need not be in memory beside them
 */
export function* writeTiff(pages: readonly Raster[]): Generator<Uint8Array> {
  yield Uint8Array.of(0x49, 0x49, 42, 0, pages.length > 0 ? 8 : 0, 0, 0, 0); // "II": little-endian
  let at = 8;
  for (const [index, { width, height, data }] of pages.entries()) {
    const pixels = at + DIRECTORY;
    const next = pixels + data.length + (data.length & 1);
    const fields: [tag: number, type: number, value: number][] = [
      [256, LONG, width],
      [257, LONG, height],
      [258, SHORT, 8], // bits per sample
      [259, SHORT, 1], // no compression
      [262, SHORT, 1], // 0 is black
      [273, LONG, pixels],
      [277, SHORT, 1], // samples per pixel
      [278, LONG, height], // rows of the one strip
      [279, LONG, data.length],
    ];
    const view = new DataView(new ArrayBuffer(DIRECTORY));
    view.setUint16(0, fields.length, true);
    fields.forEach(([tag, type, value], i) => {
      view.setUint16(2 + 12 * i, tag, true);
      view.setUint16(4 + 12 * i, type, true);
      view.setUint32(6 + 12 * i, 1, true);
      // Little-endian: a short value is the first half of its field.
      view.setUint32(10 + 12 * i, value, true);
    });
    view.setUint32(DIRECTORY - 4, index + 1 < pages.length ? next : 0, true);
    yield new Uint8Array(view.buffer);
    yield data;
    if (data.length & 1) yield new Uint8Array(1);
    at = next;
  }
}
