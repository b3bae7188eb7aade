/** What the values of `style_mask.png` mean, by index. */
export const STYLE_CLASSES = [
  "background",
  "process",
  "dashed",
  "dotted",
  "double-slash",
  "x-marked",
  "text",
  "symbol",
  "border",
] as const;

/** Indexes of the lines between symbols: what `pipe_mask.png` is made of. */
export const PIPE_STYLES: readonly number[] = [1, 2, 3, 4, 5];
/** Index of solid process lines. */
export const PROCESS_STYLE = 1;
/** Index of text ink. */
export const TEXT_STYLE = 6;
/** Index of symbol ink. */
export const SYMBOL_STYLE = 7;
/** Index of the ink of frames, tables and the title block. */
export const BORDER_STYLE = 8;
