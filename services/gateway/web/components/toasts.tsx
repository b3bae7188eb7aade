import { dismiss, toasts } from "../state/toasts.ts";

/** Short messages at the edge of the page. */
export function Toasts() {
  return (
    <div class="toasts" role="log" aria-live="polite" aria-label="messages">
      {toasts.value.map(({ id, tone, text }) => (
        <div key={id} class={`toast ${tone}`} role={tone === "bad" ? "alert" : "status"}>
          <span>{text}</span>
          <button type="button" class="button quiet small" aria-label="dismiss" onClick={() => dismiss(id)}>
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
