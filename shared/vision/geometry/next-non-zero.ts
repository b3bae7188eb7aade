/** Four bytes at a time; empty where the bytes do not begin at a whole word, which no image here does. */
export function wordsOf(data: Uint8Array): Int32Array {
  return data.byteOffset & 3
    ? new Int32Array(0)
    : new Int32Array(data.buffer, data.byteOffset, data.length >> 2);
}

/**
 * Index of the first byte that is not 0, at or after `from`; the length when there is none. Masks and class images are empty
 * almost everywhere: stepping over that in words makes a pass over a sheet cost what its ink does.
 * @param words `wordsOf(data)`
 */
export function nextNonZero(data: Uint8Array, words: Int32Array, from: number): number {
  let at = from;
  for (; at & 3 && at < data.length; at++) if (data[at]) return at;
  let word = at >> 2;
  while (word < words.length && words[word] === 0) word++;
  for (at = Math.max(at, word << 2); at < data.length; at++) if (data[at]) return at;
  return data.length;
}
