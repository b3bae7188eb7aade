/**
 * Runs one piece of work per key at a time, and gathers what is asked meanwhile into the next round: each asker is served by
 * a round that began after it asked, and many who ask at once share one.
 */
export class Rounds<T> {
  readonly #work: (key: string, asked: T[]) => Promise<void>;
  readonly #running = new Map<
    string,
    { next: { asked: T[]; done: Promise<void> } | undefined; done: Promise<void> }
  >();

  constructor(work: (key: string, asked: T[]) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when a round that knows of this has ended; rejects with what it threw. */
  ask(key: string, what: T): Promise<void> {
    const running = this.#running.get(key);
    if (!running) return this.#begin(key, [what]);
    if (running.next) {
      running.next.asked.push(what);
      return running.next.done;
    }
    const asked = [what];
    const done = running.done.catch(() => {}).then(() => this.#begin(key, asked));
    running.next = { asked, done };
    return done;
  }

  #begin(key: string, asked: T[]): Promise<void> {
    const round = { next: undefined, done: Promise.resolve() };
    this.#running.set(key, round);
    round.done = this.#work(key, asked).finally(() => {
      if (this.#running.get(key) === round && !round.next) this.#running.delete(key);
    });
    return round.done;
  }
}
