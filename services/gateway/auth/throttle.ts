/** Wrong secrets taken without a pause. */
const FREE_TRIES = 5;
const LONGEST_MS = 60_000;
/** Forgotten when nothing more went wrong for this long. */
const FORGET_MS = 15 * 60_000;
/** Names and addresses remembered at once; the oldest go first. */
const KEPT = 10_000;

/** Slows down whoever guesses secrets: after five wrong ones each further try has to wait, twice as long each time. */
export class Throttle {
  readonly #failures = new Map<string, { count: number; last: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** How long to wait before the next try, ms; 0 for not at all. */
  waitMs(key: string): number {
    const known = this.#failures.get(key);
    if (!known) return 0;
    const since = this.#now() - known.last;
    if (since > FORGET_MS) {
      this.#failures.delete(key);
      return 0;
    }
    if (known.count < FREE_TRIES) return 0;
    return Math.max(0, Math.min(LONGEST_MS, 1_000 * 2 ** (known.count - FREE_TRIES)) - since);
  }

  failed(key: string): void {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.delete(key);
    if (this.#failures.size >= KEPT) this.#failures.delete(this.#failures.keys().next().value as string);
    this.#failures.set(key, { count, last: this.#now() });
  }

  succeeded(key: string): void {
    this.#failures.delete(key);
  }
}
