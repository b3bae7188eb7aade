import type { Query } from "../../api/request.ts";

/** Parameters of the page's address that choose tasks; they have the names of the API's query. */
export const FILTERS = ["state", "stage", "queue", "worker", "run", "q", "from", "to"] as const;

/** Spans of time that can be chosen by name, ms back from now. */
export const SPANS: Record<string, number> = {
  "15 min": 900_000,
  "1 h": 3_600_000,
  "24 h": 86_400_000,
  "7 d": 604_800_000,
};

/** What bulk actions send: the same fields with their types. */
export interface TaskFilter {
  state?: string[];
  stage?: string[];
  queue?: string;
  worker?: string;
  run?: string;
  q?: string;
  from?: number;
  to?: number;
}

/** The filter in an address. `now` is what a named span counts back from. */
export function filterOf(query: URLSearchParams, now: number): TaskFilter {
  const filter: TaskFilter = {};
  for (const name of ["state", "stage"] as const) {
    const list = (query.get(name) ?? "").split(",").filter(Boolean);
    if (list.length > 0) filter[name] = list;
  }
  for (const name of ["queue", "worker", "run", "q"] as const) {
    const text = query.get(name)?.trim();
    if (text) filter[name] = text;
  }
  const span = SPANS[query.get("span") ?? ""];
  if (span !== undefined) filter.from = Math.floor((now - span) / 60_000) * 60_000;
  for (const name of ["from", "to"] as const) {
    const at = Number(query.get(name));
    if (query.has(name) && Number.isFinite(at) && at > 0) filter[name] = at;
  }
  return filter;
}

/** A filter as a query of the list. */
export const asQuery = (filter: TaskFilter): Query => ({ ...filter });

/** True when the filter lets everything through. */
export const isEmpty = (filter: TaskFilter): boolean => Object.keys(filter).length === 0;
