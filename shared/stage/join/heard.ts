import type { PartEnd } from "./part-end.ts";
import type { JoinNow } from "./read-join.ts";
import type { StoredPlan } from "./stored-plan.ts";

/** Joins remembered by one worker; of those forgotten, the stream is read. */
const REMEMBERED = 1_000;

interface Hearing {
  plan: StoredPlan | undefined;
  ends: Map<string, PartEnd>;
  /** Of those who wait for the run to be forgotten. */
  wait: { over: Promise<void>; end: () => void } | undefined;
}

/**
 * What this worker was delivered of joins under way. Having been delivered everything is as good as having read it, and
 * costs nothing: the usual case of one worker and no failure needs no read at all. Anything else is read.
 */
export class Heard {
  readonly #runs = new Map<string, Hearing>();

  plan(run: string, plan: StoredPlan): void {
    this.#of(run).plan = plan;
  }

  end(run: string, part: string, end: PartEnd): void {
    this.#of(run).ends.set(part, end);
  }

  has(run: string): boolean {
    return this.#runs.get(run)?.plan !== undefined;
  }

  /** Parts of the run that ended, of how many, and its plan's sequence; null for a run whose plan was not heard. */
  count(run: string): { ended: number; parts: number; seq: number } | null {
    const hearing = this.#runs.get(run);
    if (!hearing?.plan) return null;
    const { seq, plan } = hearing.plan;
    return { ended: hearing.ends.size, parts: plan.parts.length, seq };
  }

  /** The join, when all of a first generation was heard and every part succeeded. */
  whole(run: string): JoinNow | null {
    const { plan, ends } = this.#runs.get(run) ?? {};
    if (!plan || !ends || plan.generation > 0) return null;
    const isWhole = plan.plan.parts.every((name) => {
      const end = ends.get(name);
      return end?.state === "succeeded" && end.generation === 0;
    });
    return isWhole ? { plan, lastSeq: plan.seq, decided: null, ends, unsent: [] } : null;
  }

  /** Those who wait go on in the same turn: what they answer leaves with what made them wait no longer. */
  forget(run: string): void {
    const hearing = this.#runs.get(run);
    this.#runs.delete(run);
    hearing?.wait?.end();
  }

  /** Resolves when the run is forgotten, or when the first who waits has waited long enough. */
  forgotten(run: string, patienceMs: number): Promise<void> {
    const hearing = this.#of(run);
    if (!hearing.wait) {
      let end = () => {};
      const over = new Promise<void>((resolve) => {
        const timer = setTimeout(() => end(), patienceMs);
        end = () => {
          clearTimeout(timer);
          hearing.wait = undefined;
          resolve();
        };
      });
      hearing.wait = { over, end };
    }
    return hearing.wait.over;
  }

  #of(run: string): Hearing {
    let hearing = this.#runs.get(run);
    if (!hearing) {
      hearing = { plan: undefined, ends: new Map(), wait: undefined };
      this.#runs.set(run, hearing);
      if (this.#runs.size > REMEMBERED) this.#runs.delete(this.#runs.keys().next().value!);
    }
    return hearing;
  }
}
