import { BoxEditor } from "./box-editor.ts";
import { GraphEditor } from "./graph-editor.ts";
import { MaskEditor } from "./mask-editor.ts";
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

function Modes({ editor }: { editor: AnyEditor }) {
  if (editor instanceof BoxEditor)
    return (
      <>
        <ToolButton
          icon="select"
          label="select"
          shortcut="v"
          pressed={editor.mode === "select"}
          onClick={() => editor.setMode("select")}
        />
        <ToolButton
          icon="add"
          label="draw a box"
          shortcut="a"
          pressed={editor.mode === "add"}
          onClick={() => editor.setMode("add")}
        />
      </>
    );
  if (editor instanceof GraphEditor)
    return (
      <>
        <ToolButton
          icon="select"
          label="select"
          shortcut="v"
          pressed={editor.mode === "select"}
          onClick={() => editor.setMode("select")}
        />
        <ToolButton
          icon="node"
          label="add a node"
          shortcut="t"
          pressed={editor.mode === "node"}
          onClick={() => editor.setMode("node")}
        />
        <ToolButton
          icon="edge"
          label="draw a line"
          shortcut="e"
          pressed={editor.mode === "edge"}
          onClick={() => editor.setMode("edge")}
        />
      </>
    );
  if (editor instanceof MaskEditor)
    return (
      <>
        <ToolButton
          icon="brush"
          label="paint"
          shortcut="b"
          pressed={editor.mode === "paint"}
          onClick={() => editor.setMode("paint")}
        />
        <ToolButton
          icon="erase"
          label="erase"
          shortcut="e"
          pressed={editor.mode === "erase"}
          onClick={() => editor.setMode("erase")}
        />
        <ToolButton
          icon="line"
          label="straight line"
          shortcut="l"
          pressed={editor.mode === "line"}
          onClick={() => editor.setMode("line")}
        />
        <ToolButton
          icon="move"
          label="move the sheet"
          shortcut="m"
          pressed={editor.mode === "move"}
          onClick={() => editor.setMode("move")}
        />
      </>
    );
  return null;
}
