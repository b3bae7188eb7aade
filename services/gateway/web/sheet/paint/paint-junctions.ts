import type { JunctionList } from "#shared/messages";
import type { View } from "../view/view.ts";
import { CROSSING_COLOUR, isUnsure, UNSURE_COLOUR } from "./palette.ts";

/** Draws places where lines join (filled) or pass (rings). */
export function paintJunctions(
  context: CanvasRenderingContext2D,
  view: View,
  junctions: JunctionList["junctions"],
  opacity: number,
): void {
  const px = 1 / view.scale;
  context.globalAlpha = opacity;
  context.lineWidth = 2 * px;
  for (const {
    at: [x, y],
    kind,
    score,
  } of junctions) {
    if (x < view.area.x0 || x > view.area.x1 || y < view.area.y0 || y > view.area.y1) continue;
    const passes = kind === "bridge" || kind === "plain";
    const colour = isUnsure(score) ? UNSURE_COLOUR : passes ? CROSSING_COLOUR : "#2e7d32";
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, 6 * px, 0, 2 * Math.PI);
    if (passes || kind === "bend") context.stroke();
    else context.fill();
  }
}
