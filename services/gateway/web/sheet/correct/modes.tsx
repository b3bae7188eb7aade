import { BoxEditor, type BoxMode } from "./box-editor.ts";
import { GraphEditor, type GraphMode } from "./graph-editor.ts";
import { MaskEditor, type MaskMode } from "./mask-editor.ts";
import type { AnyEditor } from "./open-editor.ts";
import { ToolButton, type ToolButtonProps } from "./tool-button.tsx";

type Mode<M extends string> = readonly [
  mode: M,
  icon: ToolButtonProps["icon"],
  label: string,
  shortcut: string,
];

const BOX_MODES: readonly Mode<BoxMode>[] = [
  ["select", "select", "select", "v"],
  ["add", "add", "draw a box", "a"],
];

const GRAPH_MODES: readonly Mode<GraphMode>[] = [
  ["select", "select", "select", "v"],
  ["node", "node", "add a node", "t"],
  ["edge", "edge", "draw a line", "e"],
];

const MASK_MODES: readonly Mode<MaskMode>[] = [
  ["paint", "brush", "paint", "b"],
  ["erase", "erase", "erase", "e"],
  ["line", "line", "straight line", "l"],
  ["move", "move", "move the sheet", "m"],
];

/** What the pointer does on the sheet: one button of them is pressed. */
export function Modes({ editor }: { editor: AnyEditor }) {
  if (editor instanceof BoxEditor) return <ModeButtons editor={editor} modes={BOX_MODES} />;
  if (editor instanceof GraphEditor) return <ModeButtons editor={editor} modes={GRAPH_MODES} />;
  if (editor instanceof MaskEditor) return <ModeButtons editor={editor} modes={MASK_MODES} />;
  return null;
}

interface ModeButtonsProps<M extends string> {
  editor: { readonly mode: M; setMode(mode: M): void };
  modes: readonly Mode<M>[];
}

function ModeButtons<M extends string>({ editor, modes }: ModeButtonsProps<M>) {
  return (
    <>
      {modes.map(([mode, icon, label, shortcut]) => (
        <ToolButton
          key={mode}
          icon={icon}
          label={label}
          shortcut={shortcut}
          pressed={editor.mode === mode}
          onClick={() => editor.setMode(mode)}
        />
      ))}
    </>
  );
}
