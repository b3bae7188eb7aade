import { type Theme, theme, zone } from "../state/preferences.ts";
import { Icon } from "./icons.tsx";

const NEXT: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };

/** Theme and time zone. */
export function Preferences() {
  return (
    <div class="preferences">
      <button
        type="button"
        class="button quiet small"
        aria-label={`theme: ${theme.value}`}
        title={`theme: ${theme.value}`}
        onClick={() => {
          theme.value = NEXT[theme.value];
        }}
      >
        <Icon name={theme.value} />
      </button>
      <fieldset class="switch" aria-label="times">
        {(["local", "utc"] as const).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={zone.value === name}
            onClick={() => {
              zone.value = name;
            }}
          >
            {name === "utc" ? "UTC" : "local"}
          </button>
        ))}
      </fieldset>
    </div>
  );
}
