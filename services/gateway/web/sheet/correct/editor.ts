import type { Box } from "../edit/geometry.ts";
import type { PointerTool, View } from "../view/view.ts";

/** Something on the sheet that a person may want to look at, as the list beside the sheet shows it. */
export interface ListedItem {
  id: string;
  label: string;
  score: number | null;
  box: Box;
  selected: boolean;
}

/** What the page around an editor needs of it, whatever is edited. */
export interface Editor {
  readonly tool: PointerTool;
  paint(context: CanvasRenderingContext2D, view: View): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
  /** A key that is not the page's; true when it was the editor's. */
  press(event: KeyboardEvent): boolean;
  /** Selects the next thing to look at, or the one before, and gives its place; null when there is none. */
  visit(step: 1 | -1): Box | null;
  /** How many there are left to look at. */
  readonly unsure: number;
  /** Keys beside those of every editor: key, what it does. */
  readonly keys: readonly (readonly [key: string, does: string])[];
  /** What is handed in; a draft keeps what a later edit needs besides. */
  encode(purpose: "draft" | "hand-in"): Promise<Blob>;
}

/** Hears that something changed: the document (to be kept), or only what is selected or drawn. */
export type EditorListener = (what: "document" | "look") => void;

/** How near on the screen is on it, in CSS pixels. */
export const REACH_PX = 8;

const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far an arrow key moves what is selected: one pixel, with shift ten; null for other keys. */
export function nudge(event: KeyboardEvent): readonly [number, number] | null {
  const step = STEPS[event.key];
  if (!step) return null;
  const far = event.shiftKey ? 10 : 1;
  return [step[0] * far, step[1] * far];
}
