/** The page of a run: diagrams have their own, others are a list of tasks. */
export const runHref = (pipeline: string, run: string): string =>
  pipeline === "diagram" ? `/diagrams/${encodeURIComponent(run)}` : `/tasks?${new URLSearchParams({ run })}`;
