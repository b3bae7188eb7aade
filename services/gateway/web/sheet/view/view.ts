import type { Area, Point } from "../edit/geometry.ts";

/** What of a sheet is on the screen, and how large. */
export interface View {
  /** Screen pixels per sheet pixel. */
  scale: number;
  /** Sheet pixels that are seen. */
  area: Area;
  /** Size of the viewer on the screen, in CSS pixels. */
  width: number;
  height: number;
}

/** From the viewer's corner in CSS pixels to sheet pixels. */
export const toSheet = (view: View, x: number, y: number): Point => [
  view.area.x0 + x / view.scale,
  view.area.y0 + y / view.scale,
];

/** Draws something over the sheet; the context's unit is a sheet pixel. */
export type Painter = (context: CanvasRenderingContext2D, view: View) => void;

/** A pointer over the sheet. */
export interface SheetPointer {
  at: Point;
  shift: boolean;
  alt: boolean;
  /** Ctrl, or Cmd on a Mac. */
  mod: boolean;
  /** How many clicks in a row. */
  clicks: number;
}

/** Takes what a pointer does over the sheet. */
export interface PointerTool {
  /** False leaves the drag to the viewer, which moves the sheet. */
  down(pointer: SheetPointer, view: View): boolean;
  move(pointer: SheetPointer, view: View, dragging: boolean): void;
  up(pointer: SheetPointer, view: View): void;
  /** What the pointer looks like there. */
  cursor(view: View): string;
}
