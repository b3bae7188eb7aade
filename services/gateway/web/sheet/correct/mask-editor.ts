import type { Box, Point } from "../edit/geometry.ts";
import { createMask, type PixelArea } from "../mask/mask.ts";
import type { GreyImage } from "../mask/read-png.ts";
import { createPainting, type Painting } from "../mask/strokes.ts";
import { unlinkedBoxes } from "../mask/unlinked-boxes.ts";
import { writeGreyPng } from "../mask/write-png.ts";
import { createMaskPainter, type MaskPainter } from "../paint/mask-painter.ts";
import { SELECTED_COLOUR, UNSURE_COLOUR } from "../paint/palette.ts";
import type { PointerTool, SheetPointer, View } from "../view/view.ts";
import type { Editor, EditorListener } from "./editor.ts";

export type MaskMode = "paint" | "erase" | "line" | "move";

/** Brush sizes that keys step through, radius in sheet pixels. */
export const RADII = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 36, 54] as const;

/** Corrects the pipe mask: paint, erase, straight lines. */
export class MaskEditor implements Editor {
  mode: MaskMode = "paint";
  radiusPx = 3;
  opacity = 0.6;
  readonly #painting: Painting;
  readonly #painter: MaskPainter;
  readonly #symbols: readonly Box[];
  #unlinked: Box[] | null = null;
  #visited = -1;
  #marked: Box | null = null;
  #last: Point | null = null;
  #line: { from: Point; to: Point } | null = null;
  #hover: Point | null = null;
  readonly #listen: EditorListener;

  /** @param symbols boxes of the sheet's symbols: one that no line reaches is looked at first */
  constructor(
    image: GreyImage,
    symbols: readonly Box[],
    lineWidthPx: number | undefined,
    listen: EditorListener,
  ) {
    const mask = createMask(image.widthPx, image.heightPx, image.data);
    this.#painting = createPainting(mask);
    this.#painter = createMaskPainter(mask);
    this.#symbols = symbols;
    this.#listen = listen;
    if (lineWidthPx !== undefined) this.radiusPx = Math.max(1, lineWidthPx / 2);
  }

  get canUndo(): boolean {
    return this.#painting.canUndo;
  }
  get canRedo(): boolean {
    return this.#painting.canRedo;
  }
  get unsure(): number {
    return this.#places().length;
  }

  readonly keys = [
    ["b", "paint"],
    ["e", "erase"],
    ["l", "straight line; with shift level, upright or at 45°"],
    ["m", "move the sheet"],
    ["x", "between paint and erase"],
    ["[ ]", "smaller and larger brush"],
  ] as const;

  setMode(mode: MaskMode): void {
    this.mode = mode;
    this.#listen("look");
  }
  setRadius(radiusPx: number): void {
    this.radiusPx = radiusPx;
    this.#listen("look");
  }
  setOpacity(opacity: number): void {
    this.opacity = opacity;
    this.#listen("look");
  }
  undo(): void {
    this.#changed(this.#painting.undo());
  }
  redo(): void {
    this.#changed(this.#painting.redo());
  }
  visit(step: 1 | -1): Box | null {
    const places = this.#places();
    if (places.length === 0) return null;
    this.#visited =
      (this.#visited < 0 && step < 0 ? places.length - 1 : this.#visited + step + places.length) %
      places.length;
    this.#marked = places[this.#visited] ?? null;
    this.#listen("look");
    return this.#marked;
  }

  press(event: KeyboardEvent): boolean {
    const { key } = event;
    if (key === "b") this.setMode("paint");
    else if (key === "e") this.setMode("erase");
    else if (key === "l") this.setMode("line");
    else if (key === "m") this.setMode("move");
    else if (key === "x") this.setMode(this.mode === "erase" ? "paint" : "erase");
    else if (key === "]") this.setRadius(RADII.find((r) => r > this.radiusPx) ?? this.radiusPx);
    else if (key === "[")
      this.setRadius([...RADII].reverse().find((r) => r < this.radiusPx) ?? this.radiusPx);
    else if (key === "Escape") {
      this.#line = null;
      this.#marked = null;
      this.#listen("look");
    } else return false;
    return true;
  }

  paint(context: CanvasRenderingContext2D, view: View): void {
    this.#painter.paint(context, view, this.opacity);
    const px = 1 / view.scale;
    context.globalAlpha = 1;
    if (this.#marked) {
      const [x, y, w, h] = this.#marked;
      context.strokeStyle = UNSURE_COLOUR;
      context.lineWidth = 2 * px;
      context.setLineDash([5 * px, 3 * px]);
      context.strokeRect(x - 6 * px, y - 6 * px, w + 12 * px, h + 12 * px);
      context.setLineDash([]);
    }
    context.strokeStyle = SELECTED_COLOUR;
    if (this.#line) {
      context.globalAlpha = 0.6;
      context.lineWidth = this.radiusPx * 2;
      context.lineCap = "round";
      context.beginPath();
      context.moveTo(...this.#line.from);
      context.lineTo(...this.#line.to);
      context.stroke();
    } else if (this.#hover && this.mode !== "move") {
      context.lineWidth = 1.5 * px;
      context.beginPath();
      context.arc(...this.#hover, Math.max(this.radiusPx, 2 * px), 0, 2 * Math.PI);
      context.stroke();
    }
  }

  readonly tool: PointerTool = {
    down: (pointer) => this.#down(pointer),
    move: (pointer, _view, dragging) => {
      this.#hover = pointer.at;
      if (!dragging) return;
      if (this.#line) this.#line = { from: this.#line.from, to: straight(this.#line.from, pointer) };
      else if (this.#last) this.#stroke(this.#last, pointer.at);
    },
    up: () => this.#up(),
    cursor: () => (this.mode === "move" ? "grab" : "crosshair"),
  };

  async encode(): Promise<Blob> {
    const { widthPx, heightPx, levels } = this.#painting.mask;
    return writeGreyPng(widthPx, heightPx, levels[0]!.data);
  }

  #down(pointer: SheetPointer): boolean {
    if (this.mode === "move") return false;
    if (this.mode === "line") this.#line = { from: pointer.at, to: pointer.at };
    else this.#stroke(pointer.at, pointer.at);
    return true;
  }

  #stroke(from: Point, to: Point): void {
    const area = this.#painting.paint(from, to, this.radiusPx, this.mode === "erase" ? 0 : 255);
    this.#painter.changed(area);
    this.#last = to;
  }

  #up(): void {
    if (this.#line) {
      this.#stroke(this.#line.from, this.#line.to);
      this.#line = null;
    }
    this.#last = null;
    this.#painting.end();
    this.#unlinked = null;
    this.#listen("document");
  }

  #changed(area: PixelArea | null): void {
    if (!area) return;
    this.#painter.changed(area);
    this.#unlinked = null;
    this.#listen("document");
  }

  /** Symbols that no line reaches, found anew after a change. */
  #places(): Box[] {
    this.#unlinked ??= unlinkedBoxes(this.#painting.mask, this.#symbols);
    return this.#unlinked;
  }
}

/** Where a line ends; with shift level, upright or at 45°. */
function straight(from: Point, { at, shift }: SheetPointer): Point {
  if (!shift) return at;
  const [dx, dy] = [at[0] - from[0], at[1] - from[1]];
  const turn = Math.PI / 4;
  const angle = Math.round(Math.atan2(dy, dx) / turn) * turn;
  const length = Math.hypot(dx, dy) * Math.cos(Math.atan2(dy, dx) - angle);
  return [from[0] + Math.cos(angle) * length, from[1] + Math.sin(angle) * length];
}
