import { link } from "../state/live.ts";

/** How the live connection is, and why not when it is away. */
export function LinkState() {
  const { state, reason } = link.value;
  const text = state === "live" ? "live" : state === "connecting" ? "connecting …" : reason;
  return (
    <p class={`link-state ${state}`} role="status" title={text}>
      <i aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}
