import { layersOpen } from "../../state/preferences.ts";
import { Icons } from "../view/icons.tsx";
import type { ViewLayer } from "./layers.ts";

export interface LayerPanelProps {
  layers: readonly ViewLayer[];
  /** Opacity of each layer that is on. */
  on: ReadonlyMap<string, number>;
  onChange: (on: Map<string, number>) => void;
}

/** What opacity a layer has when it is switched on. */
const USUAL = 0.75;

/** Switches and fades layers; folded, because it covers the sheet, until somebody leaves it open. */
export function LayerPanel({ layers, on, onChange }: LayerPanelProps) {
  const open = layersOpen.value === "open";
  const set = (name: string, opacity: number | null) => {
    const next = new Map(on);
    if (opacity === null) next.delete(name);
    else next.set(name, opacity);
    onChange(next);
  };
  const all = [{ name: "sheet", label: "sheet", colour: "#9aa5ab" }, ...layers];
  return (
    <div class={open ? "layers open" : "layers"}>
      <button
        type="button"
        class="button small"
        aria-expanded={open}
        onClick={() => {
          layersOpen.value = open ? "folded" : "open";
        }}
      >
        <Icons name="layers" /> Layers
      </button>
      {open && (
        <ul>
          {all.map(({ name, label, colour }) => {
            const opacity = on.get(name);
            return (
              <li key={name}>
                <label>
                  <input
                    type="checkbox"
                    checked={opacity !== undefined}
                    onChange={(event) =>
                      set(name, event.currentTarget.checked ? (name === "sheet" ? 1 : USUAL) : null)
                    }
                  />
                  <i style={{ background: colour }} />
                  {label}
                </label>
                <input
                  type="range"
                  min="0.05"
                  max="1"
                  step="0.05"
                  value={opacity ?? 0}
                  disabled={opacity === undefined}
                  aria-label={`opacity of ${label}`}
                  onInput={(event) => set(name, Number(event.currentTarget.value))}
                />
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
