import type { Coco } from "#shared/messages";
import { addBox, confirmBoxes, moveBoxes, relabel, removeBoxes, setBox } from "../boxes/box-commands.ts";
import { type BoxDocument, className, fromCoco, type LabelledBox, toCoco } from "../boxes/box-document.ts";
import { boxAt, boxesWithin, dragHandle, type Handle, handleAt } from "../boxes/box-hits.ts";
import { type Box, boxBetween, type Point } from "../edit/geometry.ts";
import { paintBoxes } from "../paint/paint-boxes.ts";
import { SELECTED_COLOUR } from "../paint/palette.ts";
import type { SheetPointer, View } from "../view/view.ts";
import { type Editor, type EditorListener, nudge, REACH_PX } from "./editor.ts";
import { ItemEditor } from "./item-editor.ts";

export type BoxMode = "select" | "add";

type Drag =
  | { kind: "move"; from: Point; before: BoxDocument }
  | { kind: "resize"; handle: Handle; id: number; before: BoxDocument }
  | { kind: "frame" | "new"; from: Point; to: Point };

/** Corrects boxes: move, resize, add, delete, relabel. */
export class BoxEditor extends ItemEditor<BoxDocument, LabelledBox> implements Editor {
  mode: BoxMode = "select";
  /** Class of the next box that is drawn. */
  nextClass: string;
  #drag: Drag | null = null;
  /** What is drawn while something is dragged. */
  #shown: BoxDocument | null = null;

  constructor(coco: Coco, listen: EditorListener) {
    super(fromCoco(coco), listen);
    this.nextClass = this.document.categories[0]?.name ?? "gate_valve";
  }

  /** The boxes that are selected. */
  get chosen(): LabelledBox[] {
    return this.document.boxes.filter((box) => this.selected.has(box.id));
  }

  readonly keys = [
    ["v", "select and move"],
    ["a", "draw a box"],
    ["c", "choose the class"],
    ["Enter", "it is right: on to the next"],
    ["Delete", "delete what is selected"],
    ["arrows", "move what is selected, with shift by ten"],
    ["shift + drag", "select all within a frame"],
  ] as const;

  setMode(mode: BoxMode): void {
    this.mode = mode;
    this.listen("look");
  }
  relabel(name: string): void {
    this.nextClass = name;
    this.commit(relabel(this.document, [...this.selected], name), "relabel");
    this.listen("look");
  }
  confirm(): void {
    this.commit(confirmBoxes(this.document, [...this.selected]), "confirm");
  }
  removeSelected(): void {
    const ids = [...this.selected];
    this.selected = new Set();
    this.commit(removeBoxes(this.document, ids), "delete");
  }

  press(event: KeyboardEvent): boolean {
    const step = nudge(event);
    if (step) {
      if (this.selected.size === 0) return false;
      this.commit(moveBoxes(this.document, [...this.selected], ...step), "move", "nudge");
    } else if (event.key === "v") this.setMode("select");
    else if (event.key === "a") this.setMode("add");
    else if (event.key === "Delete" || event.key === "Backspace") this.removeSelected();
    else if (event.key === "Escape") {
      this.#drag = null;
      this.#shown = null;
      this.mode = "select";
      this.select([]);
    } else return false;
    return true;
  }

  paint(context: CanvasRenderingContext2D, view: View): void {
    paintBoxes(context, view, this.#shown ?? this.document, this.selected);
    const drag = this.#drag;
    if (drag?.kind !== "frame" && drag?.kind !== "new") return;
    const px = 1 / view.scale;
    context.strokeStyle = SELECTED_COLOUR;
    context.lineWidth = 1.5 * px;
    if (drag.kind === "frame") context.setLineDash([4 * px, 3 * px]);
    context.strokeRect(...boxBetween(drag.from, drag.to));
  }

  async encode(purpose: "draft" | "hand-in"): Promise<Blob> {
    const coco = toCoco(this.document, { scores: purpose === "draft" });
    return new Blob([JSON.stringify(coco)], { type: "application/json" });
  }

  protected get visitable(): readonly LabelledBox[] {
    return this.document.boxes;
  }
  protected get ids(): number[] {
    return this.document.boxes.map((box) => box.id);
  }
  protected placeOf(box: LabelledBox): Box {
    return box.bbox;
  }

  #handle(at: Point, view: View): { id: number; handle: Handle } | null {
    const [only] = this.chosen;
    if (!only || this.selected.size !== 1) return null;
    const handle = handleAt(only.bbox, at, REACH_PX / view.scale);
    return handle && { id: only.id, handle };
  }

  protected down({ at, shift }: SheetPointer, view: View): boolean {
    if (this.mode === "add") {
      this.#drag = { kind: "new", from: at, to: at };
      return true;
    }
    const before = this.document;
    const grip = this.#handle(at, view);
    if (grip) {
      this.#drag = { kind: "resize", ...grip, before };
      return true;
    }
    const hit = boxAt(before.boxes, at, 3 / view.scale);
    if (hit) {
      this.pick(hit.id, shift);
      this.#drag = { kind: "move", from: at, before };
      return true;
    }
    if (shift) {
      this.#drag = { kind: "frame", from: at, to: at };
      return true;
    }
    if (this.selected.size > 0) this.select([]);
    return false;
  }

  protected dragTo(at: Point): void {
    const drag = this.#drag;
    if (!drag) return;
    if (drag.kind === "move") {
      const [dx, dy] = [Math.round(at[0] - drag.from[0]), Math.round(at[1] - drag.from[1])];
      this.#shown = this.selected.size > 0 ? moveBoxes(drag.before, [...this.selected], dx, dy) : drag.before;
    } else if (drag.kind === "resize") {
      const box = drag.before.boxes.find((each) => each.id === drag.id);
      if (box) this.#shown = setBox(drag.before, drag.id, dragHandle(box.bbox, drag.handle, at));
    } else drag.to = at;
  }

  protected drop(): void {
    const drag = this.#drag;
    const shown = this.#shown;
    this.#drag = null;
    this.#shown = null;
    if (!drag) return;
    if (drag.kind === "frame") {
      this.select(boxesWithin(this.document.boxes, boxBetween(drag.from, drag.to)).map((box) => box.id));
    } else if (drag.kind === "new") {
      const bbox = boxBetween(drag.from, drag.to);
      // A click is no box.
      if (Math.max(bbox[2], bbox[3]) < 4) return;
      const added = addBox(this.document, bbox, this.nextClass);
      this.mode = "select";
      this.selected = new Set([added.id]);
      this.commit(added.document, "add");
    } else if (shown) this.commit(shown, drag.kind);
  }

  protected cursor(view: View): string {
    if (this.mode === "add") return "crosshair";
    const at = this.hover;
    if (!at) return "";
    const grip = this.#handle(at, view);
    if (grip) return `${grip.handle}-resize`;
    return boxAt(this.document.boxes, at, 3 / view.scale) ? "move" : "grab";
  }

  /** Name of a box's class. */
  classOf(box: LabelledBox): string {
    return className(this.document, box);
  }
}
