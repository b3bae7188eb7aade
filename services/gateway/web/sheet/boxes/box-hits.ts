import { type Box, boxArea, type Point } from "../edit/geometry.ts";
import type { LabelledBox } from "./box-document.ts";

/** A corner or side of a box that can be dragged. */
export type Handle = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w";

const HANDLES: readonly Handle[] = ["nw", "ne", "se", "sw", "n", "e", "s", "w"];

/** Where a handle is. */
export function handlePoint([x, y, w, h]: Box, handle: Handle): Point {
  const px = handle.includes("w") ? x : handle.includes("e") ? x + w : x + w / 2;
  const py = handle.includes("n") ? y : handle.includes("s") ? y + h : y + h / 2;
  return [px, py];
}

/** The handle within reach of a point, corners first; null when none is. */
export function handleAt(bbox: Box, [px, py]: Point, reachPx: number): Handle | null {
  const near = (handle: Handle) => {
    const [x, y] = handlePoint(bbox, handle);
    return Math.abs(px - x) <= reachPx && Math.abs(py - y) <= reachPx;
  };
  return HANDLES.find(near) ?? null;
}

/** The box after one of its handles was dragged to a point; sides may pass each other. */
export function dragHandle([x, y, w, h]: Box, handle: Handle, [px, py]: Point): Box {
  const left = handle.includes("w") ? px : x;
  const right = handle.includes("e") ? px : x + w;
  const top = handle.includes("n") ? py : y;
  const bottom = handle.includes("s") ? py : y + h;
  const round = Math.round;
  return [
    round(Math.min(left, right)),
    round(Math.min(top, bottom)),
    round(Math.abs(right - left)),
    round(Math.abs(bottom - top)),
  ];
}

/** The box under a point, with some reach; of several the smallest, so that a symbol within another can be had. */
export function boxAt(boxes: readonly LabelledBox[], [px, py]: Point, reachPx = 0): LabelledBox | null {
  let found: LabelledBox | null = null;
  for (const box of boxes) {
    const { x0, y0, x1, y1 } = boxArea(box.bbox);
    if (px < x0 - reachPx || px > x1 + reachPx || py < y0 - reachPx || py > y1 + reachPx) continue;
    if (!found || box.bbox[2] * box.bbox[3] < found.bbox[2] * found.bbox[3]) found = box;
  }
  return found;
}

/** Boxes wholly within a frame. */
export function boxesWithin(boxes: readonly LabelledBox[], frame: Box): LabelledBox[] {
  const outer = boxArea(frame);
  return boxes.filter((box) => {
    const { x0, y0, x1, y1 } = boxArea(box.bbox);
    return x0 >= outer.x0 && y0 >= outer.y0 && x1 <= outer.x1 && y1 <= outer.y1;
  });
}
