/** Something with time limits. */
export interface Limited {
  /**
   * Ends what is over its limits.
   * @param now ms of `performance.now()`
   * @returns when to look again; infinity when nothing is limited any more
   */
  checkLimits(now: number): number;
}

/** The longest a timer of Node's can wait, ms. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * Watches the time limits of all that runs with one timer. Limits are minutes and most tasks take milliseconds, so two timers
 * for each would nearly always be made to be taken away again.
 */
export class LimitWatch {
  readonly #running: Iterable<Limited>;
  #timer: NodeJS.Timeout | undefined;
  #at = Number.POSITIVE_INFINITY;

  constructor(running: Iterable<Limited>) {
    this.#running = running;
  }

  /** Something that runs has a limit at this moment. */
  expect(at: number): void {
    if (at >= this.#at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    const waitMs = Math.min(TIMER_MAX_MS, Math.max(1, Math.ceil(at - performance.now())));
    this.#timer = setTimeout(() => this.#look(), waitMs);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#at = Number.POSITIVE_INFINITY;
  }

  #look(): void {
    this.#at = Number.POSITIVE_INFINITY;
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const each of this.#running) next = Math.min(next, each.checkLimits(now));
    if (Number.isFinite(next)) this.expect(next);
  }
}
