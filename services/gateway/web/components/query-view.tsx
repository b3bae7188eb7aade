import type { ComponentChildren } from "preact";
import type { QueryState } from "../api/use-query.ts";
import { ProblemNote } from "./problem-note.tsx";
import { Loading } from "./states.tsx";

export interface QueryViewProps<T> {
  query: QueryState<T>;
  /** Grey lines while nothing has come. @default 4 */
  lines?: number;
  children: (data: T) => ComponentChildren;
}

/** An answer, grey lines until it comes, and what is wrong; a failed refresh leaves the old answer below its note. */
export function QueryView<T>({ query, lines = 4, children }: QueryViewProps<T>) {
  return (
    <>
      {query.problem && <ProblemNote problem={query.problem} retry={query.refresh} />}
      {query.loading && <Loading lines={lines} />}
      {query.data !== undefined && children(query.data)}
    </>
  );
}
