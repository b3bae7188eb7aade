import { useEffect, useState } from "preact/hooks";
import { paths } from "../../api/paths.ts";
import type { RunsPage } from "../../api/types.ts";
import { useQuery } from "../../api/use-query.ts";
import { Page } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { Empty } from "../../components/states.tsx";
import { location, setQuery } from "../../router/location.ts";
import { canOperate } from "../../state/session.ts";
import { DiagramRow } from "./diagram-row.tsx";
import { DropZone } from "./drop-zone.tsx";
import { NeedsYou } from "./needs-you.tsx";

const FILTERS = [
  ["", "all", {}],
  ["active", "at work", { phase: "active" }],
  ["waiting", "waits for a person", { phase: "waiting" }],
  ["completed", "completed", { state: "completed" }],
  ["error", "failed", { state: "error" }],
  ["revoked", "revoked", { state: "revoked" }],
] as const;

const PAGE = 50;

/** Diagrams: what wants a person first, then all of them, newest first. */
export function DiagramsPage() {
  const query = location.value.query;
  const filter = query.get("show") ?? "";
  const q = query.get("q") ?? "";
  const cursor = query.get("cursor");
  const [text, setText] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text.trim() !== q) setQuery({ q: text.trim(), cursor: null, page: null });
    }, 250);
    return () => clearTimeout(timer);
  }, [text]);
  const narrowed = FILTERS.find(([name]) => name === filter)?.[2] ?? {};
  const runs = useQuery<RunsPage>(
    paths.diagrams,
    { ...narrowed, q, cursor, limit: PAGE },
    { live: { kind: "diagram" }, calmMs: 1_500 },
  );
  const first = filter === "" && q === "" && !cursor;
  return (
    <Page title="Diagrams" about="Drawings on their way to a graph, and what has become of them.">
      {canOperate.value && <DropZone onDone={runs.refresh} />}
      {first && <NeedsYou />}
      <section class="stack" aria-label="all diagrams">
        <div class="filters">
          <div class="chips">
            {FILTERS.map(([name, label]) => (
              <button
                key={name}
                type="button"
                class="chip"
                aria-pressed={name === filter}
                onClick={() => setQuery({ show: name, cursor: null, page: null })}
              >
                {label}
              </button>
            ))}
          </div>
          <label class="search">
            <span class="visually-hidden">search diagrams</span>
            <input
              type="search"
              placeholder="Name or id"
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
        </div>
        <QueryView query={runs} lines={8}>
          {(page) => (
            <>
              {page.runs.length === 0 ? (
                <Empty title={first ? "No diagrams yet" : "Nothing matches"}>
                  {first && (
                    <>
                      Drop a drawing above, or: <code>penstock submit FILE</code>
                    </>
                  )}
                </Empty>
              ) : (
                <ul class={runs.stale ? "diagram-list stale" : "diagram-list"}>
                  {page.runs.map((run) => (
                    <DiagramRow key={run.uid} run={run} />
                  ))}
                </ul>
              )}
              <Pager next={page.cursor} total={page.total} shown={page.runs.length} size={PAGE} />
            </>
          )}
        </QueryView>
      </section>
    </Page>
  );
}
