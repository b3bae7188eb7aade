/** One state of a document, and what made it. */
interface Step<D> {
  document: D;
  /** What was done, as in "undo move". */
  label: string;
  /** Steps of the same name in a row are one: an arrow key held down. */
  merge: string | undefined;
}

/** A document with its undo and redo. Documents are never changed, so that a state is a reference and costs what changed. */
export interface History<D> {
  readonly past: readonly Step<D>[];
  readonly present: Step<D>;
  readonly future: readonly Step<D>[];
}

/** Most steps that can be undone. */
const STEPS_MAX = 500;

/** A history that begins with a document. */
export const begin = <D>(document: D): History<D> => ({
  past: [],
  present: { document, label: "", merge: undefined },
  future: [],
});

/** The history after a change; the same history when nothing changed. */
export function commit<D>(history: History<D>, document: D, label: string, merge?: string): History<D> {
  const { past, present } = history;
  if (document === present.document) return history;
  const next = { document, label, merge };
  if (merge !== undefined && merge === present.merge && history.future.length === 0)
    return { past, present: next, future: [] };
  return { past: [...past, present].slice(-STEPS_MAX), present: next, future: [] };
}

/** One step back; the same history when there is none. */
export function undo<D>({ past, present, future }: History<D>): History<D> {
  const before = past.at(-1);
  if (!before) return { past, present, future };
  return { past: past.slice(0, -1), present: before, future: [present, ...future] };
}

/** One step forward again. */
export function redo<D>({ past, present, future }: History<D>): History<D> {
  const [after, ...later] = future;
  if (!after) return { past, present, future };
  return { past: [...past, present], present: after, future: later };
}
