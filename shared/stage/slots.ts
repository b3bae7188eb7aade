import type { StageSettings } from "./stage-settings.ts";

/** Bounds between which a worker chooses its slots by what waits. */
export type SlotBounds = NonNullable<StageSettings["autoscale"]>;

/** Fewer tasks than slots for this long, and slots are given back. */
const QUIET_MS = 5_000;

/** What a worker sees when it thinks about its slots. */
export interface Load {
  /** Tasks that run here. */
  active: number;
  /** Tasks of the stage that no worker has taken. */
  waiting: number;
  /** ms, any clock that only goes forward. */
  now: number;
}

/**
 * How many tasks a worker may run at once. What was said last counts: an operator to this worker, or a setting of the stage;
 * the stage's declaration when nobody said anything. With bounds it moves by itself: up at once when tasks wait, down after
 * a quiet while.
 */
export class Slots {
  readonly #declared: number;
  #said: number | undefined;
  #ownBounds: SlotBounds | null = null;
  #settings: StageSettings = {};
  #scaled: number | undefined;
  #canceled = false;
  #busyAt = Number.NEGATIVE_INFINITY;

  constructor(declared: number) {
    this.#declared = declared;
  }

  get bounds(): SlotBounds | null {
    return this.#ownBounds ?? this.#settings.autoscale ?? null;
  }

  get count(): number {
    if (this.#canceled) return 0;
    const { bounds } = this;
    if (!bounds) return this.#said ?? this.#declared;
    return Math.min(bounds.max, Math.max(bounds.min, this.#scaled ?? this.#said ?? this.#declared));
  }

  /** An operator tells this worker alone; ends its autoscaling. */
  set(count: number): void {
    this.#canceled = false;
    this.#said = count;
    this.#ownBounds = null;
    this.#scaled = undefined;
    if (this.#settings.autoscale) this.#settings = { ...this.#settings, autoscale: null };
  }

  /** An operator gives this worker bounds of its own, or takes them away. */
  bound(bounds: SlotBounds | null): void {
    if (bounds) this.#canceled = false;
    this.#ownBounds = bounds;
    this.#scaled = undefined;
  }

  /** Takes nothing more, until `resume` or another word to this worker; what was said before is kept. */
  cancel(): void {
    this.#canceled = true;
  }

  /** Takes work again, with the slots it had; one that was shrunk to none gets its stage's. */
  resume(): void {
    this.#canceled = false;
    if (this.count === 0 && !this.bounds) this.set(this.#settings.slots || this.#declared || 1);
  }

  /** The stage's settings, whenever they may have changed. */
  apply(settings: StageSettings): void {
    if (settings.slots !== this.#settings.slots) this.#said = settings.slots ?? undefined;
    this.#settings = settings;
  }

  /** Moves within the bounds; true when the count changed. Without bounds nothing moves. */
  adapt(load: Load): boolean {
    const { bounds, count } = this;
    if (!bounds) return false;
    const wanted = load.active + load.waiting;
    if (wanted >= count) this.#busyAt = load.now;
    if (wanted > count) this.#scaled = Math.min(bounds.max, wanted);
    else if (wanted < count && load.now - this.#busyAt >= QUIET_MS)
      this.#scaled = Math.max(bounds.min, wanted);
    return this.count !== count;
  }
}
