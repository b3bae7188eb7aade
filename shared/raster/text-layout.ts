import { type Box, labelComponents, type Mask } from "#shared/vision";

/** How the text of a sheet lies. */
export interface TextLayout {
  /**
   * Most text runs up or down the sheet: letters have their nearest neighbour above or below, not beside them. Tells a sheet turned by
   * 90° or 270° from an upright one; by this alone 180° looks the same.
   */
  isTurned: boolean;
  /** Lines of text beside each other (of a turned sheet: above each other), longest first. */
  lines: Box[];
}

/** Letters are at most this large, as a share of the sheet's shorter side, and no smaller than this many pixels. */
const LARGEST = 0.02;
const SMALLEST_PX = 3;
/** Fewer neighbouring letters than this say nothing. */
const ENOUGH = 60;
/** So many times more letters stand above each other than beside each other on a sheet turned by a quarter. */
const TURNED = 2;
/** A line of text is so many times longer than high: two letters and more. */
const LINE_ASPECT = 2;

interface Letter {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  size: number;
}

/** Finds letters (small lone pieces of ink), and how they stand to each other. */
export function textLayout(ink: Mask): TextLayout {
  const limit = Math.max(8, LARGEST * Math.min(ink.width, ink.height));
  const letters = findLetters(ink, limit);
  const pairs = neighboursOf(letters, limit * 2);
  let [beside, above] = [0, 0];
  for (const { nearest } of pairs)
    if (nearest === "beside") beside++;
    else if (nearest === "above") above++;
  const isTurned = beside + above >= ENOUGH && above > TURNED * beside;
  return { isTurned, lines: linesOf(letters, pairs, isTurned ? "above" : "beside") };
}

function findLetters(ink: Mask, limit: number): Letter[] {
  const { labels, count } = labelComponents(ink);
  const boxes = Array.from({ length: count + 1 }, () => ({ x0: 1e9, y0: 1e9, x1: -1, y1: -1 }));
  for (let y = 0, i = 0; y < ink.height; y++)
    for (let x = 0; x < ink.width; x++, i++) {
      if (!labels[i]) continue;
      const box = boxes[labels[i]!]!;
      box.x0 = Math.min(box.x0, x);
      box.x1 = Math.max(box.x1, x);
      box.y0 = Math.min(box.y0, y);
      box.y1 = Math.max(box.y1, y);
    }
  return boxes
    .map((box) => ({ ...box, size: Math.max(box.x1 - box.x0, box.y1 - box.y0) + 1 }))
    .filter(({ size }) => size >= SMALLEST_PX && size <= limit);
}

type Direction = "beside" | "above" | null;

/** The letters around one. */
interface Neighbours {
  /** Where the nearest is. */
  nearest: Direction;
  beside: number[];
  above: number[];
}

/** Of every letter, those of like size within twice its own. */
function neighboursOf(letters: readonly Letter[], cell: number): Neighbours[] {
  const grid = new Map<string, number[]>();
  const key = (x: number, y: number) => `${Math.floor(x / cell)},${Math.floor(y / cell)}`;
  const middle = ({ x0, y0, x1, y1 }: Letter) => [(x0 + x1) / 2, (y0 + y1) / 2] as const;
  letters.forEach((letter, i) => {
    const at = key(...middle(letter));
    const there = grid.get(at);
    if (there) there.push(i);
    else grid.set(at, [i]);
  });
  return letters.map((letter, i) => {
    const [x, y] = middle(letter);
    const found: Neighbours = { nearest: null, beside: [], above: [] };
    let least = 2 * letter.size;
    for (const dx of [-cell, 0, cell])
      for (const dy of [-cell, 0, cell])
        for (const j of grid.get(key(x + dx, y + dy)) ?? []) {
          const other = letters[j]!;
          const [mx, my] = middle(other);
          const [ox, oy] = [Math.abs(mx - x), Math.abs(my - y)];
          const distance = Math.hypot(ox, oy);
          if (j === i || distance >= 2 * letter.size || other.size > 2 * letter.size) continue;
          const direction: Direction = ox > 2 * oy ? "beside" : oy > 2 * ox ? "above" : null;
          if (direction) found[direction].push(j);
          if (distance < least) {
            least = distance;
            found.nearest = direction;
          }
        }
    return found;
  });
}

/** Letters that stand beside (or above) each other make a line. */
function linesOf(
  letters: readonly Letter[],
  neighbours: readonly Neighbours[],
  direction: "beside" | "above",
): Box[] {
  const line = Int32Array.from(letters, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (line[at] !== at) at = line[at] = line[line[at]!]!;
    return at;
  };
  neighbours.forEach((found, i) => {
    for (const j of found[direction]) line[root(i)] = root(j);
  });
  const found = new Map<number, { x0: number; y0: number; x1: number; y1: number }>();
  letters.forEach((letter, i) => {
    const box = found.get(root(i));
    if (!box) found.set(root(i), { ...letter });
    else {
      box.x0 = Math.min(box.x0, letter.x0);
      box.x1 = Math.max(box.x1, letter.x1);
      box.y0 = Math.min(box.y0, letter.y0);
      box.y1 = Math.max(box.y1, letter.y1);
    }
  });
  const [along, across] = direction === "beside" ? [2, 3] : [3, 2];
  return [...found.values()]
    .map(({ x0, y0, x1, y1 }): Box => [x0, y0, x1 - x0 + 1, y1 - y0 + 1])
    .filter((box) => box[along]! >= LINE_ASPECT * box[across]!)
    .sort((a, b) => b[along]! - a[along]!);
}
