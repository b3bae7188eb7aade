import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { paths } from "../api/paths.ts";
import type { Overview } from "../api/types.ts";
import { useQuery } from "../api/use-query.ts";
import { Empty } from "../components/states.tsx";
import { Toasts } from "../components/toasts.tsx";
import { location } from "../router/location.ts";
import { matchPath } from "../router/match.ts";
import { ROUTES } from "../routes.ts";
import { noteAttention } from "../state/attention.ts";
import { link } from "../state/live.ts";
import { session } from "../state/session.ts";
import { Icon } from "./icons.tsx";
import { Keys } from "./keys.tsx";
import { Sidebar } from "./sidebar.tsx";

/** Everything around the page, and the page. */
export function Shell() {
  const { path } = location.value;
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  const found = find(path);

  const { data, problem } = useQuery<Overview>(paths.overview, undefined, {
    live: {},
    calmMs: 5_000,
    everyMs: 8_000,
  });
  // The connection to the gateway may be up while the gateway has lost NATS.
  const away = link.value.state === "away" ? link.value.reason : problem?.status === 503 && problem.message;
  useEffect(() => {
    if (data) noteAttention({ deadLetters: data.deadLetters, waiting: data.runs.waiting });
  }, [data]);

  useEffect(() => {
    const badge = session.value?.badge;
    document.title = `${found?.route.title ?? "Nothing here"} · Penstock${badge ? ` (${badge})` : ""}`;
    setOpen(false);
    // A new page begins at its heading for those who do not see it change.
    if (before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);

  return (
    <div class={open ? "shell open" : "shell"}>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="topbar">
        <button
          type="button"
          class="button quiet"
          aria-label="menu"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="menu" />
        </button>
        <a class="brand" href="/">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span>Penstock</span>
        </a>
        {session.value?.badge && <span class="badge">{session.value.badge}</span>}
        <span class={`dot ${link.value.state}`} title={link.value.reason || link.value.state} />
      </header>
      <aside class="side">
        <Sidebar section={found?.route.section ?? ""} />
      </aside>
      {open && (
        <button type="button" class="veil" aria-label="close the menu" onClick={() => setOpen(false)} />
      )}
      <main id="main" ref={main} tabIndex={-1}>
        {away && (
          <div class="note warn" role="status">
            <p>Live updates are away: {away}. What you see may be old.</p>
          </div>
        )}
        {found ? (
          h(found.route.page, { key: found.route.path, params: found.params })
        ) : (
          <Empty title="There is no such page">
            <a href="/">To the overview</a>
          </Empty>
        )}
      </main>
      <Toasts />
      <Keys />
    </div>
  );
}

function find(path: string) {
  for (const route of ROUTES) {
    const params = matchPath(route.path, path);
    if (params) return { route, params };
  }
  return undefined;
}
