import { describe, expect, it } from "vitest";
import { boxArea } from "../edit/geometry.ts";
import type { SheetPointer } from "../view/view.ts";
import { BoxEditor } from "./box-editor.ts";
import type { EditorListener } from "./editor.ts";
import { GraphEditor } from "./graph-editor.ts";

const boxes = (listen: EditorListener) =>
  new BoxEditor(
    {
      images: [{ id: 1, file_name: "sheet.png", width: 100, height: 100 }],
      categories: [{ id: 1, name: "gate_valve" }],
      annotations: [0.9, 0.3, 0.6].map((score, i) => ({
        id: i + 1,
        image_id: 1,
        category_id: 1,
        bbox: [30 * i, 0, 10, 10],
        area: 100,
        iscrowd: 0,
        score,
      })),
    },
    listen,
  );
const nodes = (listen: EditorListener) =>
  new GraphEditor(
    {
      version: 1,
      sheet: { uid: "sheet", widthPx: 100, heightPx: 100 },
      nodes: [0.9, 0.3, 0.6].map((score, i) => ({
        id: `n${i + 1}`,
        type: "symbol",
        center: [30 * i + 5, 5],
        bbox: [30 * i, 0, 10, 10],
        score,
      })),
      edges: [],
      crossings: [],
    },
    listen,
  );

describe.each([
  ["boxes", boxes, [1, 2, 3]],
  ["nodes", nodes, ["n1", "n2", "n3"]],
] as const)("an editor of %s", (_name, open, [first, second, third]) => {
  const opened = () => {
    const heard: string[] = [];
    // Both editors take their own kind of id, which each line of the table pairs.
    const editor = open((what) => heard.push(what)) as BoxEditor;
    return { editor, heard, select: (...ids: (string | number)[]) => editor.select(ids as number[]) };
  };

  it("goes on from what was selected last to what is less certain than the rest", () => {
    const { editor, select } = opened();
    expect(editor.unsure).toBe(3);
    expect(editor.visit(1)).toEqual([30, 0, 10, 10]);
    expect([...editor.selected]).toEqual([second]);
    select(third);
    editor.visit(1);
    expect([...editor.selected]).toEqual([first]);
    editor.visit(-1);
    expect([...editor.selected]).toEqual([third]);
  });

  it("undoes and redoes, and says whether it can", () => {
    const { editor, heard, select } = opened();
    select(first);
    editor.removeSelected();
    expect([editor.unsure, editor.canUndo, editor.canRedo]).toEqual([2, true, false]);
    editor.undo();
    expect([editor.unsure, editor.canUndo, editor.canRedo]).toEqual([3, false, true]);
    editor.undo();
    editor.redo();
    expect(editor.unsure).toBe(2);
    expect(heard).toEqual(["look", "document", "document", "document"]);
  });

  it("selects what is gone no more", () => {
    const { editor, select } = opened();
    select(first);
    editor.removeSelected();
    editor.undo();
    select(first, second);
    editor.redo();
    expect([...editor.selected]).toEqual([second]);
  });

  it("adds to what is selected with shift, and takes away what is", () => {
    const { editor } = opened();
    const press = (x: number, shift: boolean) => {
      const pointer: SheetPointer = { at: [x, 5], shift, alt: false, mod: false, clicks: 1 };
      editor.tool.down(pointer, { scale: 1, area: boxArea([0, 0, 100, 100]), width: 100, height: 100 });
    };
    press(5, false);
    press(35, true);
    expect([...editor.selected]).toEqual([first, second]);
    press(5, true);
    expect([...editor.selected]).toEqual([second]);
    press(65, false);
    expect([...editor.selected]).toEqual([third]);
  });
});
