import type { Graph } from "#shared/messages";
import type { StageLog } from "#shared/stage";
import { superclassOf } from "#shared/symbols";
import { attachTags, readTexts } from "#shared/tags";
import { type Box, type Mask, type Raster, regionBoxes } from "#shared/vision";

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

/** Reads the texts the segmenter saw, and those in instrument bubbles, and gives symbols and lines their tags. */
export async function readTags(
  graph: Graph,
  sheet: Raster,
  textMask: Mask,
  { command, limitMs, signal, log }: TagReading,
): Promise<Graph> {
  if (!command) return { ...graph, notes: [...(graph.notes ?? []), OFF] };
  const bubbles = graph.nodes
    .filter((node) => node.bbox && superclassOf(node.class ?? "") === "instrument")
    .map(({ bbox }): Box => inner(bbox!));
  const free = regionBoxes(textMask, { cellPx: CELL_PX }).filter(
    ([x, y, w, h]) =>
      Math.min(w, h) >= LEAST_PX &&
      Math.min(w, h) <= MOST_PX &&
      !bubbles.some(
        ([bx, by, bw, bh]) => x + w / 2 > bx && x + w / 2 < bx + bw && y + h / 2 > by && y + h / 2 < by + bh,
      ),
  );
  const regions = [...bubbles, ...free].slice(0, MOST);
  const begun = performance.now();
  const texts = await readTexts(sheet, regions, { command, limitMs, signal });
  const tagged = attachTags(graph, texts);
  const count = [...tagged.nodes, ...tagged.edges].filter(({ tag }) => tag !== undefined).length;
  log.info(`${texts.length} of ${regions.length} texts read, ${count} tags`, {
    tagsMs: Math.round(performance.now() - begun),
  });
  return { ...graph, ...tagged };
}

/** Inside of a bubble, without most of its outline. */
function inner([x, y, w, h]: Box): Box {
  return [x + 0.14 * w, y + 0.14 * h, 0.72 * w, 0.72 * h];
}
