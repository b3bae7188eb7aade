/** Hands out names that are unique in one document; same calls, same names. */
export type NamePool = (wanted: string) => string;

/**
 * Makes wanted names unique by a counter: `P_101`, `P_101_2`, `P_101_3`. A counted name that is itself wanted later
 * gets its own counter, so no two calls ever return the same name.
 *
 * @param taken names that may not be handed out
 */
export function createNamePool(taken: Iterable<string> = []): NamePool {
  const used = new Set<string>(taken);
  const counters = new Map<string, number>();
  return (wanted) => {
    let name = wanted;
    let counter = counters.get(wanted) ?? 1;
    while (used.has(name)) {
      counter++;
      name = `${wanted}_${counter}`;
    }
    counters.set(wanted, counter);
    used.add(name);
    return name;
  };
}
