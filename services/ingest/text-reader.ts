import { findTesseract, findTurn } from "#shared/tags";
import type { TextReader } from "./find-upright.ts";
import type { IngestSettings } from "./settings.ts";

/** Twelve lines of text take under a second; on a machine that is overloaded they may take longer. */
const LIMIT_MS = 60_000;

/** Reads text with tesseract to see which way is up; undefined where there is none, or it is turned off. */
export async function openTextReader(settings: IngestSettings): Promise<TextReader | undefined> {
  const { tesseract: command, turn } = settings;
  if (!turn || (await findTesseract(command)) === undefined) return undefined;
  return (sheet, layout, signal) => findTurn(sheet, layout, { command, limitMs: LIMIT_MS, signal });
}
