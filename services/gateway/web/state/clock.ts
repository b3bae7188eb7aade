import { signal } from "@preact/signals";

/** Now, ms since the epoch; ticks once a second while the page is seen. Reading it renders again on every tick. */
export const now = signal(Date.now());

setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 1_000);
document.addEventListener("visibilitychange", () => {
  now.value = Date.now();
});
