import { type MaskEditor, RADII } from "./mask-editor.ts";

/** The brush, and how to use it. */
export function MaskPanel({ editor }: { editor: MaskEditor }) {
  return (
    <section class="stack">
      <h2>Brush</h2>
      <label class="field">
        <span>Width: {Math.round(editor.radiusPx * 2 * 10) / 10} px of the sheet</span>
        <input
          type="range"
          min="1"
          max="108"
          step="1"
          value={editor.radiusPx * 2}
          onInput={(event) => editor.setRadius(Number(event.currentTarget.value) / 2)}
        />
      </label>
      <div class="row" role="group" aria-label="brush widths">
        {RADII.filter((_, i) => i % 2 === 0).map((radius) => (
          <button
            key={radius}
            type="button"
            class="chip"
            aria-pressed={editor.radiusPx === radius}
            onClick={() => editor.setRadius(radius)}
          >
            {radius * 2} px
          </button>
        ))}
      </div>
      <label class="field">
        <span>How strongly the mask covers the sheet</span>
        <input
          type="range"
          min="0.1"
          max="1"
          step="0.05"
          value={editor.opacity}
          onInput={(event) => editor.setOpacity(Number(event.currentTarget.value))}
        />
      </label>
      <p class="dim small">
        Blue is what counts as line between symbols. Paint what is missing, erase what is none; leave the
        insides of symbols free.
      </p>
      {editor.unsure > 0 && (
        <p class="small">
          {editor.unsure === 1
            ? "A symbol has no line that leads to it."
            : `${editor.unsure} symbols have no line that leads to them.`}{" "}
          <kbd>n</kbd> shows one after the other.
        </p>
      )}
    </section>
  );
}
