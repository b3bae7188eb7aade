/**
 * Delay before the next attempt, in ms: doubles with every attempt, and differs by up to a fifth so that tasks which
 * failed together do not come back together.
 * @param attempt the one that failed, from 1
 */
export function retryDelay(baseMs: number, attempt: number, random: () => number = Math.random): number {
  const grown = Math.min(baseMs * 2 ** (attempt - 1), 3_600_000);
  return Math.round(grown * (0.9 + 0.2 * random()));
}
