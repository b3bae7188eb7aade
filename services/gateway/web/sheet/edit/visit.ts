/** Something that may need a person's look. */
export interface Visited {
  id: string | number;
  /** Confidence, 0..1; null when a person has said so, or nothing is known. */
  score?: number | null | undefined;
}

/** What to look at, least certain first; what a person has settled is left out. */
export function visitOrder<T extends Visited>(items: readonly T[]): T[] {
  return items
    .filter((item) => typeof item.score === "number")
    .sort((a, b) => (a.score as number) - (b.score as number));
}

/**
 * The next item to look at, or the one before, from the one that is selected; around at the ends. When the selected one is
 * settled by now, its place in the order is taken from its last score.
 */
export function nextVisit<T extends Visited>(
  items: readonly T[],
  from: { id: string | number; score: number } | null,
  step: 1 | -1,
): T | null {
  const order = visitOrder(items);
  if (order.length === 0) return null;
  if (!from) return order.at(step === 1 ? 0 : -1) ?? null;
  const at = order.findIndex((item) => item.id === from.id);
  if (at >= 0) return order[(at + step + order.length) % order.length] ?? null;
  const behind = order.findIndex((item) => (item.score as number) >= from.score);
  const place = behind < 0 ? order.length : behind;
  const next = step === 1 ? place : place - 1;
  return order[(next + order.length) % order.length] ?? null;
}
