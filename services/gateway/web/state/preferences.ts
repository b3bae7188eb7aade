import { effect, signal } from "@preact/signals";

/** A signal kept in this browser. */
function kept<T extends string>(key: string, usual: T, allowed: readonly T[]) {
  const name = `penstock.${key}`;
  let start = usual;
  try {
    const saved = localStorage.getItem(name) as T | null;
    if (saved !== null && allowed.includes(saved)) start = saved;
  } catch {
    // Storage is not allowed here: nothing is kept.
  }
  const value = signal<T>(start);
  effect(() => {
    const now = value.value;
    try {
      if (now === usual) localStorage.removeItem(name);
      else localStorage.setItem(name, now);
    } catch {
      // As above.
    }
  });
  return value;
}

export type Theme = "system" | "light" | "dark";
export const theme = kept<Theme>("theme", "system", ["system", "light", "dark"]);
/** Whether the list of layers lies open over the sheet. */
export const layersOpen = kept<"open" | "folded">("layers", "folded", ["open", "folded"]);
/** Absolute times in this zone. */
export const zone = kept<"local" | "utc">("zone", "local", ["local", "utc"]);

effect(() => {
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
