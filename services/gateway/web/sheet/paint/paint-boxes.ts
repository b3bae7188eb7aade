import type { BoxDocument, LabelledBox } from "../boxes/box-document.ts";
import { handlePoint } from "../boxes/box-hits.ts";
import { boxArea, overlaps } from "../edit/geometry.ts";
import type { View } from "../view/view.ts";
import { BOX_COLOUR, isUnsure, SELECTED_COLOUR, UNSURE_COLOUR } from "./palette.ts";

/** Boxes narrower than this on the screen have no name written at them. */
const NAMED_PX = 34;

/** Draws boxes that are seen; their names where there is room. */
export function paintBoxes(
  context: CanvasRenderingContext2D,
  view: View,
  document: BoxDocument,
  selected: ReadonlySet<number>,
  opacity = 1,
): void {
  const names = new Map(document.categories.map((each) => [each.id, each.name]));
  const px = 1 / view.scale;
  context.globalAlpha = opacity;
  for (const box of document.boxes) {
    if (!overlaps(boxArea(box.bbox), view.area)) continue;
    const chosen = selected.has(box.id);
    const unsure = isUnsure(box.score);
    const [x, y, w, h] = box.bbox;
    context.strokeStyle = chosen ? SELECTED_COLOUR : unsure ? UNSURE_COLOUR : BOX_COLOUR;
    context.lineWidth = (chosen ? 2.5 : 1.75) * px;
    context.setLineDash(unsure && !chosen ? [5 * px, 3 * px] : []);
    context.strokeRect(x, y, w, h);
    if (w * view.scale >= NAMED_PX) name(context, view, box, names.get(box.categoryId) ?? "?");
  }
  context.setLineDash([]);
  if (selected.size !== 1) return;
  const [only] = selected;
  const box = document.boxes.find((each) => each.id === only);
  if (box) handles(context, box, px);
}

function name(context: CanvasRenderingContext2D, view: View, box: LabelledBox, text: string): void {
  const px = 1 / view.scale;
  const [x, y, w] = box.bbox;
  const label = text.replaceAll("_", " ") + (box.score === null ? "" : ` ${Math.round(box.score * 100)} %`);
  context.font = `${11 * px}px system-ui, sans-serif`;
  const room = Math.min(context.measureText(label).width, Math.max(w, 90 * px)) + 6 * px;
  context.fillStyle = "rgb(255 255 255 / 88%)";
  context.fillRect(x - px, y - 15 * px, room, 14 * px);
  context.fillStyle = isUnsure(box.score) ? UNSURE_COLOUR : "#0b4f4d";
  context.fillText(label, x + 2 * px, y - 4.5 * px, room - 6 * px);
}

function handles(context: CanvasRenderingContext2D, box: LabelledBox, px: number): void {
  context.fillStyle = "#fff";
  context.strokeStyle = SELECTED_COLOUR;
  context.lineWidth = 1.5 * px;
  for (const handle of ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const) {
    const [x, y] = handlePoint(box.bbox, handle);
    context.fillRect(x - 4 * px, y - 4 * px, 8 * px, 8 * px);
    context.strokeRect(x - 4 * px, y - 4 * px, 8 * px, 8 * px);
  }
}
