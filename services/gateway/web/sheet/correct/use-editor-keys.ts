import { useEffect } from "preact/hooks";

/** What the page does on keys; `press` has the rest. */
export interface EditorKeys {
  undo(): void;
  redo(): void;
  visit(step: 1 | -1): void;
  confirm(): void;
  chooseClass(): void;
  help(): void;
  save(): void;
  approve(): void;
  press(event: KeyboardEvent): boolean;
}

/** Keys of every editor. */
export const EDITOR_KEYS = [
  ["n / shift + n", "the next thing to look at, and the one before"],
  ["ctrl + z", "undo"],
  ["ctrl + shift + z, ctrl + y", "redo"],
  ["ctrl + s", "keep the draft now"],
  ["ctrl + Enter", "approve"],
  ["+ − 0", "zoom in, out, to the whole sheet"],
  ["Esc", "let go"],
  ["?", "this list"],
] as const;

/** Listens to keys before the page does, but not while somebody types. */
export function useEditorKeys(keys: EditorKeys | null): void {
  useEffect(() => {
    if (!keys) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (document.querySelector("dialog[open]")) return;
      const typing =
        target?.closest("input:not([type=checkbox], [type=range], [type=radio]), textarea, select") != null;
      const mod = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      if (mod && key === "s") keys.save();
      else if (mod && key === "Enter") keys.approve();
      else if (typing || event.altKey) return;
      else if (mod && key === "z") event.shiftKey ? keys.redo() : keys.undo();
      else if (mod && key === "y") keys.redo();
      else if (mod) return;
      else if (key === "n") keys.visit(event.shiftKey ? -1 : 1);
      else if (key === "Enter" && !target?.closest("button, a, summary")) keys.confirm();
      else if (key === "c") keys.chooseClass();
      else if (key === "?") keys.help();
      else if (!keys.press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("keydown", press, true);
    return () => removeEventListener("keydown", press, true);
  }, [keys]);
}
