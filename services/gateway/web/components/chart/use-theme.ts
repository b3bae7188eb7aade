import { useEffect, useState } from "preact/hooks";
import { theme } from "../../state/preferences.ts";

/** A number that changes with the theme, the chosen one or the system's: what draws on a canvas must draw anew. */
export function useTheme(): string {
  const [system, setSystem] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const change = () => setSystem(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return `${theme.value} ${system}`;
}
