import { FatalError } from "#shared/errors";
import { PIPE_STYLES, STYLE_CLASSES } from "#shared/messages";

/** Words other segmenters use for our classes; the first that fits decides. */
const WORDS: [RegExp, (typeof STYLE_CLASSES)[number]][] = [
  [/^(process|pipe|line|solid)/i, "process"],
  [/^(dash|signal)/i, "dashed"],
  [/^dot/i, "dotted"],
  [/^(double|pneumatic)/i, "double-slash"],
  [/^x[-_ ]?mark/i, "x-marked"],
  [/^(text|label)/i, "text"],
  [/^(symbol|node|equipment)/i, "symbol"],
  [/^(border|frame|table|title)/i, "border"],
];

/**
 * Maps a segmenter's classes to the indexes of `style_mask.png` by their names; a name nobody knows is ground. A model
 * that names none is taken as ground and pipe, one that names a single class as that class on ground.
 * @returns 256 entries, for use as a lookup table
 * @param path where the model lies, for the sentence
 * @throws FatalError `MODEL_INVALID` when no class is a line
 */
export function styleTable(names: readonly string[], path: string): Uint8Array {
  const list = names.length > 1 ? names : ["background", names[0] ?? "pipe"];
  const table = new Uint8Array(256);
  for (const [i, name] of list.entries()) {
    const style = WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? "background";
    table[i] = STYLE_CLASSES.indexOf(style);
  }
  if (!table.some((style) => PIPE_STYLES.includes(style)))
    throw new FatalError("MODEL_INVALID", `${path}: none of its classes ${list.join(", ")} is a line`);
  return table;
}
