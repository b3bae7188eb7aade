import { Modes } from "./modes.tsx";
import type { AnyEditor } from "./open-editor.ts";
import { ToolButton } from "./tool-button.tsx";

/** The tools of an editor, undo and redo, and the way through what is unsure. */
export function Tools({
  editor,
  visit,
  help,
}: {
  editor: AnyEditor;
  visit: (step: 1 | -1) => void;
  help: () => void;
}) {
  return (
    <div class="sheet-tools" role="toolbar" aria-label="tools">
      <Modes editor={editor} />
      <i />
      <ToolButton
        icon="undo"
        label="undo"
        shortcut="ctrl + z"
        disabled={!editor.canUndo}
        onClick={() => editor.undo()}
      />
      <ToolButton
        icon="redo"
        label="redo"
        shortcut="ctrl + y"
        disabled={!editor.canRedo}
        onClick={() => editor.redo()}
      />
      <i />
      <button
        type="button"
        class="button small"
        disabled={editor.unsure === 0}
        title="the next thing to look at (n), the one before (shift + n)"
        onClick={(event) => visit(event.shiftKey ? -1 : 1)}
      >
        {editor.unsure === 0 ? "all looked at" : `Next of ${editor.unsure}`}
      </button>
      <button type="button" class="button quiet small" aria-label="keys" title="keys (?)" onClick={help}>
        ?
      </button>
    </div>
  );
}
