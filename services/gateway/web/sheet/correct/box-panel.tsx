import { Button } from "../../components/button.tsx";
import { isUnsure } from "../paint/palette.ts";
import type { BoxEditor } from "./box-editor.ts";
import { ClassPicker, ClassPicture } from "./class-picker.tsx";
import type { Suggestions } from "./use-suggestions.ts";

/** Rows of the list; the rest is found on the sheet. */
const LISTED_MAX = 200;

/** What is selected and all boxes, least certain first. */
export function BoxPanel({
  editor,
  suggestions,
  confirm,
  show,
}: {
  editor: BoxEditor;
  suggestions: Suggestions;
  confirm: () => void;
  show: (id: number) => void;
}) {
  const chosen = editor.chosen;
  const classes = [...new Set(chosen.map((box) => editor.classOf(box)))];
  const [only] = chosen;
  const likely = chosen.length === 1 && only ? suggestions.get(only.id) : undefined;
  const listed = [...editor.document.boxes].sort((a, b) => (a.score ?? 2) - (b.score ?? 2) || a.id - b.id);
  return (
    <>
      {chosen.length > 0 || editor.mode === "add" ? (
        <section class="stack">
          <h2>
            {chosen.length === 0
              ? "Class of the new box"
              : chosen.length === 1
                ? "Selected box"
                : `${chosen.length} boxes`}
          </h2>
          {only && chosen.length === 1 && (
            <p class="small dim">
              {editor.classOf(only).replaceAll("_", " ")},{" "}
              {only.score === null ? "set by a person" : `${Math.round(only.score * 100)} % sure`},{" "}
              {Math.round(only.bbox[2])} × {Math.round(only.bbox[3])} px
            </p>
          )}
          {likely?.family && <p class="small dim">Looks like {likely.family}.</p>}
          {chosen.length > 0 && (
            <div class="row">
              <Button small onClick={confirm} title="Enter">
                It is right
              </Button>
              <Button small kind="danger" onClick={() => editor.removeSelected()} title="Delete">
                Delete
              </Button>
            </div>
          )}
          <ClassPicker
            value={chosen.length === 0 ? editor.nextClass : classes.length === 1 ? (classes[0] ?? "") : ""}
            others={editor.document.categories.map((each) => each.name)}
            {...(likely ? { suggestions: likely.classes } : {})}
            onPick={(name) => editor.relabel(name)}
          />
        </section>
      ) : null}
      <section class="stack grow-y">
        <h2>{listed.length} boxes</h2>
        <ul class="items">
          {listed.slice(0, LISTED_MAX).map((box) => (
            <li key={box.id}>
              <button
                type="button"
                class={editor.selected.has(box.id) ? "chosen" : ""}
                aria-pressed={editor.selected.has(box.id)}
                onClick={() => show(box.id)}
              >
                <ClassPicture name={editor.classOf(box)} />
                <span>{editor.classOf(box).replaceAll("_", " ")}</span>
                <span class={isUnsure(box.score) ? "unsure small" : "dim small"}>
                  {box.score === null ? "✓" : `${Math.round(box.score * 100)} %`}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {listed.length > LISTED_MAX && (
          <p class="dim small">and {listed.length - LISTED_MAX} more, surer ones</p>
        )}
      </section>
    </>
  );
}
