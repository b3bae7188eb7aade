import type { JsMsg, StreamInfo } from "@nats-io/jetstream";
import { type Bus, type Follower, followStream } from "#shared/bus";
import type { WorkerBeat } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import { type Counts, emptyCounts } from "../counts/counts.ts";
import { dropSilentHosts } from "../counts/hosts.ts";
import type { Names } from "../counts/names.ts";
import { countMessage } from "./count-message.ts";
import type { Place, Snapshot } from "./snapshot.ts";

export interface LedgerOptions {
  bus: Bus;
  pipelines: readonly Pipeline[];
  names: Names;
  /** Also count by host. */
  byHost: boolean;
  onBeat: (beat: WorkerBeat, storedAt: number) => void;
  onProblem: (error: unknown) => void;
  onRebuild: (reason: string) => void;
}

/**
 * Counts what the streams hold, each message once, in the order of each stream: the counts are a pure function of the
 * places they stand at, whoever computes them.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #streams: readonly string[];
  readonly #followers = new Map<string, Follower>();
  readonly #places = new Map<string, Place>();
  #counts: Counts;
  /** Where the streams ended when counting began. */
  #ends: ReadonlyMap<string, number> = new Map();
  /** Where the streams ended when they were last looked at. */
  #mark: { at: number; ends: ReadonlyMap<string, number> } | undefined;
  /** When the counts were last level with the streams, ms; 0 for never. */
  levelAt = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#counts = emptyCounts(options.byHost);
    this.#streams = [...options.pipelines.map(({ stream }) => stream), "TASKS", "DEAD"];
  }

  get counts(): Counts {
    return this.#counts;
  }

  /** Goes on from a snapshot, or from the first message. */
  async start(snapshot: Snapshot | null): Promise<void> {
    if (snapshot) {
      this.#counts = snapshot.counts;
      for (const stream of this.#streams) {
        const place = snapshot.places[stream];
        if (place) this.#places.set(stream, { ...place });
      }
    }
    this.#compare(await this.#infos());
    for (const stream of this.#streams) this.#followers.set(stream, this.#follow(stream));
  }

  /**
   * True when everything that was stored before counting began is counted. Until then the counts must not be shown: they
   * may be lower than what was shown before a restart, which would be taken for a new beginning.
   */
  get caughtUp(): boolean {
    return this.#ends.size > 0 && this.#reached(this.#ends);
  }

  /** Compares with the streams: starts over when one was made anew, replaces readers that fell silent. */
  async check(): Promise<void> {
    const at = Date.now();
    const infos = await this.#infos();
    this.#compare(infos);
    const ends = endsOf(infos);
    for (const [stream, end] of ends) this.#followers.get(stream)?.checkStuck(end);
    if (this.#reached(ends)) this.levelAt = at;
    // Under load the end is always a little further: then it counts to have reached where it was the last time.
    else if (this.#mark && this.#reached(this.#mark.ends)) this.levelAt = this.#mark.at;
    this.#mark = { at, ends };
  }

  snapshot(): Snapshot {
    return { version: 1, places: Object.fromEntries(this.#places), counts: this.#counts };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#followers.values()].map((follower) => follower.close()));
  }

  #infos(): Promise<StreamInfo[]> {
    return Promise.all(this.#streams.map((stream) => this.#options.bus.jsm.streams.info(stream)));
  }

  #reached(ends: ReadonlyMap<string, number>): boolean {
    return [...ends].every(([stream, end]) => this.#seq(stream) >= end);
  }

  #seq(stream: string): number {
    return this.#places.get(stream)?.seq ?? 0;
  }

  #compare(infos: readonly StreamInfo[]): void {
    const changed = infos.find(({ config, created, state }) => {
      const place = this.#places.get(config.name);
      return place && (place.created !== Date.parse(created) || place.seq > state.last_seq);
    });
    if (changed) {
      this.#counts = emptyCounts(this.#options.byHost);
      this.#places.clear();
      this.#ends = new Map();
      this.#mark = undefined;
      this.#options.onRebuild(`stream ${changed.config.name} was made anew`);
    }
    for (const { config, created } of infos)
      if (!this.#places.has(config.name))
        this.#places.set(config.name, { created: Date.parse(created), seq: 0 });
    if (this.#ends.size === 0) this.#ends = endsOf(infos);
    if (changed) for (const follower of this.#followers.values()) follower.restart();
  }

  #follow(stream: string): Follower {
    const { bus, onProblem } = this.#options;
    const isTasks = stream === "TASKS";
    return followStream(bus, {
      stream,
      // A message of TASKS holds up to 400 events. Of the others only subjects and headers matter.
      ahead: isTasks ? 24 : 200,
      headersOnly: !isTasks,
      place: () => this.#seq(stream),
      apply: (messages) => this.#apply(stream, messages),
      onEmpty: (end) => this.#moveTo(stream, end),
      onProblem,
    });
  }

  #apply(stream: string, messages: readonly JsMsg[]): void {
    const { names, onBeat } = this.#options;
    for (const message of messages) {
      // After a rebuild the old reader may still hand over what it had.
      if (message.seq <= this.#seq(stream)) continue;
      countMessage(this.#counts, names, stream, message, onBeat);
      this.#moveTo(stream, message.seq);
    }
    if (stream === "TASKS") dropSilentHosts(this.#counts);
  }

  #moveTo(stream: string, seq: number): void {
    const place = this.#places.get(stream);
    if (place && seq > place.seq) place.seq = seq;
  }
}

/** Where each stream ends; an empty one has nothing to be reached. */
const endsOf = (infos: readonly StreamInfo[]): ReadonlyMap<string, number> =>
  new Map(infos.map(({ config, state }) => [config.name, state.messages === 0 ? 0 : state.last_seq]));
