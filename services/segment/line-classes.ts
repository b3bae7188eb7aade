import { FatalError } from "#shared/errors";

/** Which classes of a segmenter are lines between symbols, and which of these are process lines. */
export interface LineClasses {
  pipes: number[];
  process: number[];
}

const PIPE = /^(process|pipe|line|signal|dashed|dotted|double|x[-_ ]?marked|pneumatic)/i;

/**
 * Tells by the names of a segmenter's classes which are lines. A model of two classes that names none is taken as
 * ground and pipe.
 * @throws FatalError `MODEL_INVALID` when no class is a line
 */
export function lineClasses(names: readonly string[], path: string): LineClasses {
  const list = names.length ? names : ["background", "pipe"];
  const indexes = (pattern: RegExp) => list.flatMap((name, i) => (pattern.test(name) ? [i] : []));
  const pipes = indexes(PIPE);
  if (pipes.length === 0)
    throw new FatalError("MODEL_INVALID", `${path}: none of its classes ${list.join(", ")} is a line`);
  const process = indexes(/^(process|pipe|line)/i);
  return { pipes, process: process.length ? process : pipes };
}
