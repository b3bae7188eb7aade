import type { Box, Point } from "../edit/geometry.ts";
import { begin, commit, type History, redo, undo } from "../edit/history.ts";
import { nextVisit, type Visited, visitOrder } from "../edit/visit.ts";
import type { PointerTool, SheetPointer, View } from "../view/view.ts";
import type { EditorListener } from "./editor.ts";

/**
 * An editor of a document that is made of items with ids: its undo and redo, what is selected, and the way through what is
 * unsure.
 */
export abstract class ItemEditor<D, T extends Visited> {
  selected: ReadonlySet<T["id"]> = new Set();
  /** Where the pointer is. */
  protected hover: Point | null = null;
  protected readonly listen: EditorListener;
  #history: History<D>;
  /** What was selected last of those with a score. */
  #visited: { id: T["id"]; score: number } | null = null;

  constructor(document: D, listen: EditorListener) {
    this.#history = begin(document);
    this.listen = listen;
  }

  get document(): D {
    return this.#history.present.document;
  }
  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }
  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }
  get unsure(): number {
    return visitOrder(this.visitable).length;
  }

  select(ids: Iterable<T["id"]>): void {
    this.selected = new Set(ids);
    const [id] = this.selected;
    const only = this.selected.size === 1 ? this.visitable.find((item) => item.id === id) : undefined;
    if (only?.score != null) this.#visited = { id: only.id, score: only.score };
    this.listen("look");
  }
  undo(): void {
    this.#step(undo(this.#history));
  }
  redo(): void {
    this.#step(redo(this.#history));
  }
  visit(step: 1 | -1): Box | null {
    const next = nextVisit(this.visitable, this.#visited, step);
    if (!next) return null;
    this.select([next.id]);
    return this.placeOf(next);
  }

  readonly tool: PointerTool = {
    down: (pointer, view) => this.down(pointer, view),
    move: (pointer, _view, dragging) => {
      this.hover = pointer.at;
      if (dragging) this.dragTo(pointer.at);
    },
    up: (pointer, view) => this.drop(pointer, view),
    cursor: (view) => this.cursor(view),
  };

  /** Items that may need a look. */
  protected abstract get visitable(): readonly T[];
  /** Every id that can be selected. */
  protected abstract get ids(): Iterable<T["id"]>;
  protected abstract placeOf(item: T): Box;
  protected abstract down(pointer: SheetPointer, view: View): boolean;
  protected abstract dragTo(at: Point): void;
  protected abstract drop(pointer: SheetPointer, view: View): void;
  protected abstract cursor(view: View): string;

  /** Selects what the pointer took, unless it is; with shift adds it to what is selected, or takes it away. */
  protected pick(id: T["id"], shift: boolean): void {
    if (shift) {
      const next = new Set(this.selected);
      if (!next.delete(id)) next.add(id);
      this.select(next);
    } else if (!this.selected.has(id)) this.select([id]);
  }

  /** A change of the document, as one step to undo. */
  protected commit(document: D, label: string, merge?: string): void {
    this.#step(commit(this.#history, document, label, merge));
  }

  #step(history: History<D>): void {
    if (history.present === this.#history.present) return;
    this.#history = history;
    // What is gone is selected no more.
    const ids = new Set(this.ids);
    this.selected = new Set([...this.selected].filter((id) => ids.has(id)));
    this.listen("document");
  }
}
