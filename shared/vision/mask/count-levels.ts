/**
 * Counts grey levels of a run of pixels into 256 counters. Four equal pixels, which is most of any clean sheet, are counted
 * in one step: one by one, each would wait for the counter the last one wrote.
 */
export function countLevels(data: Uint8Array, from: number, to: number, counts: Uint32Array): void {
  let at = from;
  const offset = data.byteOffset;
  for (; (offset + at) & 3 && at < to; at++) counts[data[at]!]!++;
  const words = new Int32Array(data.buffer, offset + at, Math.max(0, to - at) >> 2);
  for (let w = 0; w < words.length; w++, at += 4) {
    const word = words[w]!;
    const first = word & 255;
    if (word === Math.imul(first, 0x01010101)) counts[first]! += 4;
    else {
      counts[first]!++;
      counts[(word >> 8) & 255]!++;
      counts[(word >> 16) & 255]!++;
      counts[word >>> 24]!++;
    }
  }
  for (; at < to; at++) counts[data[at]!]!++;
}
