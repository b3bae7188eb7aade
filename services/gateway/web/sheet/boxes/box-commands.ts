import { type Box, clamp } from "../edit/geometry.ts";
import type { BoxDocument, LabelledBox } from "./box-document.ts";

/** Smallest side of a box, in pixels. */
export const SIDE_MIN_PX = 4;

/** A box within the sheet, no side under the least. */
export function fitBox([x, y, w, h]: Box, { width, height }: { width: number; height: number }): Box {
  const fitW = clamp(w, Math.min(SIDE_MIN_PX, width), width);
  const fitH = clamp(h, Math.min(SIDE_MIN_PX, height), height);
  return [clamp(x, 0, width - fitW), clamp(y, 0, height - fitH), fitW, fitH];
}

/** Adds a box of a class; gives its id too. */
export function addBox(
  document: BoxDocument,
  bbox: Box,
  className: string,
): { document: BoxDocument; id: number } {
  const known = withCategory(document, className);
  const id = document.nextId;
  const box = { id, bbox: fitBox(bbox, document.image), categoryId: known.id, score: null };
  return { document: { ...known.document, boxes: [...known.document.boxes, box], nextId: id + 1 }, id };
}

/** Moves or resizes a box: its place is a person's from then on. */
export function setBox(document: BoxDocument, id: number, bbox: Box): BoxDocument {
  const fitted = fitBox(bbox, document.image);
  return change(document, [id], (box) =>
    box.bbox.every((value, i) => value === fitted[i]) ? box : { ...box, bbox: fitted, score: null },
  );
}

/** Moves boxes together, no further than the sheet goes. */
export function moveBoxes(
  document: BoxDocument,
  ids: readonly number[],
  dx: number,
  dy: number,
): BoxDocument {
  const { width, height } = document.image;
  const moved = document.boxes.filter((box) => ids.includes(box.id));
  const right = clamp(
    dx,
    Math.max(...moved.map((box) => -box.bbox[0])),
    Math.min(...moved.map((box) => width - box.bbox[0] - box.bbox[2])),
  );
  const down = clamp(
    dy,
    Math.max(...moved.map((box) => -box.bbox[1])),
    Math.min(...moved.map((box) => height - box.bbox[1] - box.bbox[3])),
  );
  if (right === 0 && down === 0) return document;
  return change(document, ids, (box) => {
    const [x, y, w, h] = box.bbox;
    return { ...box, bbox: [x + right, y + down, w, h], score: null };
  });
}

/** Gives boxes another class. */
export function relabel(document: BoxDocument, ids: readonly number[], className: string): BoxDocument {
  const known = withCategory(document, className);
  const done = change(known.document, ids, (box) =>
    box.categoryId === known.id ? box : { ...box, categoryId: known.id, score: null },
  );
  return done === known.document ? document : done;
}

/** A person has looked and found them right. */
export function confirmBoxes(document: BoxDocument, ids: readonly number[]): BoxDocument {
  return change(document, ids, (box) => (box.score === null ? box : { ...box, score: null }));
}

export function removeBoxes(document: BoxDocument, ids: readonly number[]): BoxDocument {
  const boxes = document.boxes.filter((box) => !ids.includes(box.id));
  return boxes.length === document.boxes.length ? document : { ...document, boxes };
}

function change(
  document: BoxDocument,
  ids: readonly number[],
  to: (box: LabelledBox) => LabelledBox,
): BoxDocument {
  let changed = false;
  const boxes = document.boxes.map((box) => {
    const next = ids.includes(box.id) ? to(box) : box;
    changed ||= next !== box;
    return next;
  });
  return changed ? { ...document, boxes } : document;
}

/** The category of a class, added when the file has none. */
function withCategory(document: BoxDocument, name: string): { document: BoxDocument; id: number } {
  const known = document.categories.find((each) => each.name === name);
  if (known) return { document, id: known.id };
  const id = Math.max(-1, ...document.categories.map((each) => each.id)) + 1;
  return { document: { ...document, categories: [...document.categories, { id, name }] }, id };
}
