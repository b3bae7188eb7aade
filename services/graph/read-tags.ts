import type { Graph } from "#shared/messages";
import type { StageLog } from "#shared/stage";
import { superclassOf } from "#shared/symbols";
import { attachTags, readTexts, tagRegions } from "#shared/tags";
import { type Box, type Mask, type Raster, regionBoxes, type SymbolBox } from "#shared/vision";

export interface TagReading {
  /** The program; undefined where there is none or it is turned off. */
  command: string | undefined;
  limitMs: number;
  signal: AbortSignal;
  log: StageLog;
}

/** Said in graphs whose tags nobody read. */
const OFF = "tags are off: no tesseract was found, or it is turned off";
/** Letters this near each other, px at 12 px text, are one text. */
const CELL_PX = 7;
/** More texts than this are no drawing; the rest is not read. */
const MOST = 1500;
/** Text is no smaller than this, and a drawing's title no larger, px. */
const [LEAST_PX, MOST_PX] = [6, 120];

/** What tells where tags may stand. */
export interface TagSources {
  sheet: Raster;
  textMask: Mask;
  skeleton: Mask;
  symbols: readonly SymbolBox[];
}

/**
 * Reads the texts the segmenter saw near symbols and lines, and those in instrument bubbles. Tesseract has begun when this returns, and computes
 * beside this thread.
 * @returns what gives symbols and lines of a graph their tags, once the texts are read
 */
export function readTags(
  { sheet, textMask, skeleton, symbols }: TagSources,
  { command, limitMs, signal, log }: TagReading,
): (graph: Graph) => Promise<Graph> {
  if (!command) return async (graph) => ({ ...graph, notes: [...(graph.notes ?? []), OFF] });
  const begun = performance.now();
  const boxes = symbols.map(({ bbox }): Box => bbox);
  const regions = tagRegions(textRegions(textMask, symbols), boxes, skeleton);
  const reading = readTexts(sheet, regions, { command, limitMs, signal });
  // Whoever fails before it asks for the texts has told why.
  reading.catch(() => {});
  return async (graph) => {
    const asked = performance.now();
    const texts = await reading;
    const tagged = attachTags(graph, texts);
    const count = [...tagged.nodes, ...tagged.edges].filter(({ tag }) => tag !== undefined).length;
    log.info(`${texts.length} of ${regions.length} texts read, ${count} tags`, {
      tagsMs: Math.round(performance.now() - begun),
      waitedMs: Math.round(performance.now() - asked),
    });
    return { ...graph, ...tagged };
  };
}

/** Where there is text: inside bubbles, and wherever else the segmenter saw some. */
function textRegions(textMask: Mask, symbols: readonly SymbolBox[]): Box[] {
  const bubbles = symbols
    .filter((symbol) => superclassOf(symbol.class) === "instrument")
    .map(({ bbox }): Box => inner(bbox));
  const free = regionBoxes(textMask, { cellPx: CELL_PX }).filter(
    ([x, y, w, h]) =>
      Math.min(w, h) >= LEAST_PX &&
      Math.min(w, h) <= MOST_PX &&
      !bubbles.some(
        ([bx, by, bw, bh]) => x + w / 2 > bx && x + w / 2 < bx + bw && y + h / 2 > by && y + h / 2 < by + bh,
      ),
  );
  return [...bubbles, ...free].slice(0, MOST);
}

/** Inside of a bubble, without most of its outline. */
function inner([x, y, w, h]: Box): Box {
  return [x + 0.14 * w, y + 0.14 * h, 0.72 * w, 0.72 * h];
}
