import { cropPatch } from "#shared/vision";
import type { BoxExample, Dataset, JunctionExample, SheetRecord } from "../dataset/types.ts";
import { CELL_FEATURES } from "../features/cell-features.ts";
import { CONTEXT_FEATURES } from "../features/context-features.ts";
import { ITEM_FEATURES, itemVector, logit } from "../features/item-layout.ts";
import { PATCH_SIDE } from "../features/symbol-patch.ts";
import { seeded } from "../learners/random.ts";

/** Kinds of drawn symbols: each a figure in a square of -1..1, true where there is ink. */
const FIGURES: Record<string, (x: number, y: number) => boolean> = {
  disc: (x, y) => Math.hypot(x, y) < 0.7,
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.6) < 0.12,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.6,
  frame: (x, y) => Math.abs(Math.max(Math.abs(x), Math.abs(y)) - 0.55) < 0.12,
  bow: (x, y) => Math.abs(x) < 0.7 && Math.abs(y) < Math.abs(x),
  diamond: (x, y) => Math.abs(x) + Math.abs(y) < 0.75,
  wedge: (x, y) => Math.abs(y) < 0.65 && Math.abs(x) < 0.35 + y / 2,
  posts: (x, y) => Math.abs(y) < 0.7 && Math.abs(Math.abs(x) - 0.45) < 0.13,
  stripes: (x, y) => Math.abs(y) < 0.7 && Math.abs(x) < 0.7 && Math.floor((y + 2) * 5) % 2 === 0,
};
/** Flowers with so many leaves, full and as an outline: turned at random they are hard to tell apart by their pixels. */
for (let leaves = 2; leaves <= 7; leaves++) {
  const rim = (x: number, y: number) => 0.5 + 0.22 * Math.cos(leaves * Math.atan2(y, x));
  FIGURES[`full-${leaves}`] = (x, y) => Math.hypot(x, y) < rim(x, y);
  FIGURES[`line-${leaves}`] = (x, y) => Math.abs(Math.hypot(x, y) - rim(x, y)) < 0.08;
}
export const FIGURE_NAMES = Object.keys(FIGURES);

/** Figures the detector has no name for. */
const UNNAMED = ["ring", "bow", "stripes", "full-3", "line-5"];

/** A patch of a figure, or of a junction: arms to the sides named. */
function draw(ink: (x: number, y: number) => boolean, random: () => number): Uint8Array {
  const [dx, dy, size] = [random() * 0.2 - 0.1, random() * 0.2 - 0.1, 0.85 + random() * 0.3];
  const data = new Uint8Array(PATCH_SIDE * PATCH_SIDE);
  for (let r = 0; r < PATCH_SIDE; r++)
    for (let c = 0; c < PATCH_SIDE; c++) {
      const [x, y] = [(2 * c) / (PATCH_SIDE - 1) - 1, (2 * r) / (PATCH_SIDE - 1) - 1];
      data[r * PATCH_SIDE + c] = (ink((x - dx) * size, (y - dy) * size) ? 20 : 235) + random() * 20;
    }
  // Through the same sampling as real patches, so that edges are as soft.
  const at: [number, number] = [(PATCH_SIDE - 1) / 2, (PATCH_SIDE - 1) / 2];
  const soft = cropPatch({ width: PATCH_SIDE, height: PATCH_SIDE, data }, at, PATCH_SIDE, PATCH_SIDE);
  return Uint8Array.from(soft, (value) => Math.round(255 * value));
}

const turned =
  (ink: (x: number, y: number) => boolean, angle: number) =>
  (x: number, y: number): boolean =>
    ink(x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle));

const WIDTH = 1 / 12;
const across = (_x: number, y: number) => Math.abs(y) < WIDTH;
const down = (x: number, _y: number) => Math.abs(x) < WIDTH;
const JUNCTIONS: Record<string, (x: number, y: number) => boolean> = {
  tee: (x, y) => across(x, y) || (down(x, y) && y > 0),
  plain: (x, y) => across(x, y) || down(x, y),
  bend: (x, y) => (across(x, y) && x > -WIDTH) || (down(x, y) && y > -WIDTH),
  // This company draws a cross as a crossing with a square on it, which the shipped network has not seen.
  cross: (x, y) => across(x, y) || down(x, y) || Math.max(Math.abs(x), Math.abs(y)) < 2.4 * WIDTH,
};

/** A sheet on which the models' mistakes follow rules that can be learned. Nothing of it is drawn but patches. */
export function madeUpSheet(uid: string, seed: number, size = { boxes: 16, junctions: 10 }): SheetRecord {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const boxes = Array.from({ length: size.boxes }, (): BoxExample => {
    const truth = pick(FIGURE_NAMES);
    const small = random() < 0.3;
    const score = 0.5 + 0.5 * random();
    // The detector is wrong about small things, and its score does not show it.
    const wrong = small && random() < 0.7;
    const missed = random() < 0.1;
    const claimed = missed ? null : wrong ? pick(FIGURE_NAMES.filter((name) => name !== truth)) : truth;
    const context = new Float32Array(CONTEXT_FEATURES.length);
    context[0] = small ? 0.5 : 2;
    return {
      bbox: [0, 0, 10, 10],
      claimed,
      score: missed ? null : score,
      truth,
      known: !UNNAMED.includes(truth),
      features: missed
        ? new Float32Array(0)
        : itemVector({ isBox: 1, score, scoreLogit: logit(score), widthLog: small ? 0.5 : 2 }),
      context,
      patch: draw(turned(FIGURES[truth]!, random() * 2 * Math.PI), random),
    };
  });
  const junctions = Array.from({ length: size.junctions }, (): JunctionExample => {
    const truth = pick(Object.keys(JUNCTIONS));
    const claimed = truth === "cross" ? "plain" : truth;
    const score = 0.9;
    return {
      at: [0, 0],
      arms: truth === "tee" ? 3 : truth === "bend" ? 2 : 4,
      claimed,
      score,
      truth,
      features: itemVector({ isJunction: 1, score, scoreLogit: logit(score), [`is-${claimed}`]: 1 }),
      patch: draw(JUNCTIONS[truth]!, random),
    };
  });
  const cells = Array.from({ length: 24 }, (_, i) => {
    const features = new Float32Array(CELL_FEATURES.length);
    const many = random() < 0.3;
    features[CELL_FEATURES.indexOf("boxes")] = many ? 6 : 1;
    features[CELL_FEATURES.indexOf("leastBoxScore")] = random();
    features[CELL_FEATURES.indexOf("leastJunctionScore")] = 1;
    return {
      at: [i * 10, 0] as [number, number],
      gate: "annotation" as const,
      features,
      corrections: many && random() < 0.6 ? 1 + Math.floor(random() * 3) : 0,
    };
  });
  return {
    version: 1,
    uid,
    at: 0,
    validated: ["annotation", "graph"],
    widthPx: 100,
    heightPx: 100,
    lineWidthPx: 3,
    boxes,
    junctions,
    edges: [],
    cells,
  };
}

/** A dataset in memory of so many made-up sheets, each drawn when first walked. */
export function madeUpDataset(sheets: number, seed: number): Dataset {
  const drawn: SheetRecord[] = [];
  return {
    name: `made-up-${seed}`,
    digest: `made-up ${sheets} ${seed}`,
    sheets,
    async *records() {
      for (let i = 0; i < sheets; i++) {
        drawn[i] ??= madeUpSheet(`m${seed}-${i}`, seed * 1000 + i);
        yield drawn[i]!;
      }
    },
  };
}

/** Length of an item's features, for shapes in tests. */
export const ITEM_LENGTH = ITEM_FEATURES.length;
