import { signal } from "@preact/signals";

/** Where we are; changes render what read it. */
export const location = signal(read());

function read(): { path: string; query: URLSearchParams } {
  // Links of the page before this one: `/#/diagrams/x`.
  if (globalThis.location.hash.startsWith("#/"))
    history.replaceState(null, "", globalThis.location.hash.slice(1));
  const { pathname, search } = globalThis.location;
  return { path: pathname, query: new URLSearchParams(search) };
}

const update = () => {
  location.value = read();
};

/** Goes to a page of ours. `replace` leaves no way back to where we are; `state` is kept with the place. */
export function navigate(to: string, options: { replace?: boolean; state?: unknown } = {}): void {
  if (to === globalThis.location.pathname + globalThis.location.search) return;
  const samePath = to.split("?")[0] === globalThis.location.pathname;
  if (options.replace) history.replaceState(history.state, "", to);
  else history.pushState(options.state ?? null, "", to);
  update();
  if (!samePath) scrollTo(0, 0);
}

/** Changes parameters of the address and keeps the others; empty values go away. No way back is left. */
export function setQuery(change: Record<string, string | null | undefined>): void {
  const query = new URLSearchParams(location.value.query);
  for (const [name, value] of Object.entries(change))
    if (value == null || value === "") query.delete(name);
    else query.set(name, value);
  const text = query.toString();
  navigate(location.value.path + (text === "" ? "" : `?${text}`), { replace: true });
}

/** Follows the browser's buttons and clicks on our own links. */
export function startRouter(): void {
  addEventListener("popstate", update);
  addEventListener("hashchange", update);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    const to = new URL(link.href);
    // The API, its page and artifacts are the server's.
    if (to.origin !== globalThis.location.origin || to.pathname.startsWith("/api/")) return;
    if (to.hash !== "" && to.pathname === globalThis.location.pathname) return;
    event.preventDefault();
    navigate(to.pathname + to.search);
  });
}
