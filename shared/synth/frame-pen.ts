import { textWidth } from "./font.ts";
import type { Random } from "./random.ts";
import { centred, lookOf } from "./text-box.ts";
import type { Drafting, FrameLine, LegendSymbol, PlanText } from "./types.ts";

/** x0, y0, x1, y1 in px. */
export type Corners = [number, number, number, number];

/** Collects the ink of borders and tables. */
export class FramePen {
  readonly lines: FrameLine[] = [];
  readonly texts: PlanText[] = [];
  readonly legend: LegendSymbol[] = [];
  readonly drafting: Drafting;
  readonly random: Random;

  constructor(drafting: Drafting, random: Random) {
    this.drafting = drafting;
    this.random = random;
  }

  line(
    x0: number,
    y0: number,
    x1: number,
    y1: number,
    widthPx = this.drafting.frameWidth,
    dashed = false,
  ): void {
    this.lines.push({ from: [x0, y0], to: [x1, y1], widthPx, dashed });
  }

  box([x0, y0, x1, y1]: Corners, widthPx = this.drafting.frameWidth, dashed = false): void {
    this.line(x0, y0, x1, y0, widthPx, dashed);
    this.line(x1, y0, x1, y1, widthPx, dashed);
    this.line(x1, y1, x0, y1, widthPx, dashed);
    this.line(x0, y1, x0, y0, widthPx, dashed);
  }

  /** Text in the middle of a point, made smaller until it is no wider than `room`; left out below 6 px. */
  say(text: string, height: number, x: number, y: number, room = Infinity): void {
    const fitted = this.fitted(text, height, room);
    if (fitted >= 6) this.texts.push(centred(this.drafting, text, fitted, [x, y]));
  }

  /** Text that starts at a point on its base line. */
  write(text: string, height: number, x: number, y: number, room = Infinity): void {
    const fitted = this.fitted(text, height, room);
    if (fitted >= 6) this.texts.push({ at: [x, y], text, height: fitted, angle: 0 });
  }

  private fitted(text: string, height: number, room: number): number {
    const wide = textWidth(text, lookOf(this.drafting, { height }));
    return wide > room ? (height * room) / wide : height;
  }
}
