/**
 * Best class of a run of pixels whose scores lie `stride` apart per class; of equals the first. Four classes in one pass:
 * planes are read in order, and no more of them at once than a cache has ways (planes of a tile often lie a multiple of 4 kB
 * apart, all in one set).
 * @param top scratch, at least `count` long @param best result, one byte per pixel from `to` on
 */
export function bestClasses(
  scores: Float32Array | Uint8Array,
  at: number,
  stride: number,
  classes: number,
  count: number,
  top: Float32Array,
  best: Uint8Array,
  to: number,
): void {
  top.set(scores.subarray(at, at + count));
  best.fill(0, to, to + count);
  let k = 1;
  for (; k + 3 < classes; k += 4) {
    const a = at + k * stride;
    const b = a + stride;
    const c = b + stride;
    const d = c + stride;
    for (let x = 0; x < count; x++) {
      let most = top[x]!;
      const p = scores[a + x]!;
      const q = scores[b + x]!;
      const r = scores[c + x]!;
      const s = scores[d + x]!;
      // Most pixels are ground, the first class, and stay it.
      if (!(p > most || q > most || r > most || s > most)) continue;
      let winner = best[to + x]!;
      if (p > most) {
        most = p;
        winner = k;
      }
      if (q > most) {
        most = q;
        winner = k + 1;
      }
      if (r > most) {
        most = r;
        winner = k + 2;
      }
      if (s > most) {
        most = s;
        winner = k + 3;
      }
      top[x] = most;
      best[to + x] = winner;
    }
  }
  for (; k < classes; k++) {
    const plane = at + k * stride;
    for (let x = 0; x < count; x++)
      if (scores[plane + x]! > top[x]!) {
        top[x] = scores[plane + x]!;
        best[to + x] = k;
      }
  }
}
