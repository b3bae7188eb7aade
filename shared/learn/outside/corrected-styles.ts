import { BORDER_STYLE, PIPE_STYLES, PROCESS_STYLE, SYMBOL_STYLE, TEXT_STYLE } from "#shared/messages";
import type { Mask, Raster } from "#shared/vision";

const LINES = new Set(PIPE_STYLES);
const OTHER_INK = new Set([TEXT_STYLE, SYMBOL_STYLE, BORDER_STYLE]);

/**
 * What a person made of the pipe mask, in the classes of `style_mask.png`: a painted stroke takes the style of the line it
 * touches, or is a process line where it touches none; an erased one takes the class of the text, symbol or border it touches,
 * or is ground.
 * @param styles as segmented @param before pipe mask as segmented @param after as accepted; all of one size
 */
export function correctedStyles(styles: Raster, before: Mask, after: Mask): Raster {
  const { width, height } = styles;
  const painted: number[] = [];
  const erased: number[] = [];
  for (let i = 0; i < styles.data.length; i++) {
    if (after.data[i] === before.data[i]) continue;
    if (after.data[i]) {
      // Under a box the segmenter may have seen the line already.
      if (!LINES.has(styles.data[i]!)) painted.push(i);
    } else if (LINES.has(styles.data[i]!)) erased.push(i);
  }
  const corrected = { width, height, data: styles.data.slice() };
  const open = new Uint8Array(styles.data.length);
  for (const i of painted) open[i] = 1;
  for (const i of erased) open[i] = 2;
  // Strokes are no neighbours of each other: what an erased one was says nothing about a painted one.
  spread(corrected, open, { stroke: painted, mark: 1, from: LINES, otherwise: PROCESS_STYLE });
  spread(corrected, open, { stroke: erased, mark: 2, from: OTHER_INK, otherwise: 0 });
  return corrected;
}

interface Stroke {
  /** Indexes of its pixels. */
  stroke: readonly number[];
  /** Their value in `open`. */
  mark: number;
  /** Classes it may take. */
  from: ReadonlySet<number>;
  otherwise: number;
}

/** Fills strokes from the pixels around them inward, ring by ring, each pixel with the class that reaches it first. */
function spread(corrected: Raster, open: Uint8Array, { stroke, mark, from, otherwise }: Stroke): void {
  const { data, width, height } = corrected;
  const around = (i: number): number[] => {
    const [x, y] = [i % width, (i / width) | 0];
    const found: number[] = [];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
        if (u !== x || v !== y) found.push(v * width + u);
    return found;
  };
  const reached = new Map<number, number>();
  for (const i of stroke) {
    const source = around(i).find((k) => open[k] === 0 && from.has(data[k]!));
    if (source !== undefined) reached.set(i, data[source]!);
  }
  // A map is walked in the order of insertion, what is added on the way included.
  for (const [i, kind] of reached)
    for (const k of around(i)) if (open[k] === mark && !reached.has(k)) reached.set(k, kind);
  for (const i of stroke) data[i] = reached.get(i) ?? otherwise;
}
