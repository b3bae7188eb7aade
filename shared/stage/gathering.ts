/**
 * Calls back together all who asked, a moment after the first did: the workers of a process send their lifecycle events at
 * once then, in one write to the server instead of one each.
 */
export class Gathering {
  readonly #afterMs: number;
  readonly #asked = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  /** @param afterMs how long the first who asks waits at most */
  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  ask(callback: () => void): void {
    this.#asked.add(callback);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const asked = [...this.#asked];
      this.#asked.clear();
      for (const each of asked) each();
    }, this.#afterMs);
  }

  /** Takes back what was asked. */
  forget(callback: () => void): void {
    if (!this.#asked.delete(callback) || this.#asked.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
