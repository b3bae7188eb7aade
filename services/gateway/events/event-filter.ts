/** Which live events a reader wants. */
export interface EventFilter {
  /** Events of this run only. */
  uid?: string;
  /** Events of this pipeline only, its tasks' included. */
  pipeline?: string;
  /** Events of tasks of this stage only. */
  stage?: string;
  /** `diagram.completed`, `task.failed`, or a beginning such as `diagram.*`; empty for all. */
  types: string[];
}

/** True when an event's type is asked for. */
export function wants(filter: EventFilter, type: string): boolean {
  if (filter.types.length === 0) return true;
  return filter.types.some((each) =>
    each.endsWith("*") ? type.startsWith(each.slice(0, -1)) : each === type,
  );
}

/** True when some type of a family (`diagram`, `task`) may be asked for. */
export function wantsAny(filter: EventFilter, family: string): boolean {
  return (
    filter.types.length === 0 || filter.types.some((each) => each === "*" || each.startsWith(`${family}.`))
  );
}
