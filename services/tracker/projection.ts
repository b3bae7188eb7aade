import type { StreamInfo } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import { type Bus, type Follower, followStream } from "#shared/bus";
import type { History, Retention, TrackerStatus } from "#shared/history";
import type { Pipeline } from "#shared/pipeline";
import { readRecord } from "./read-record.ts";
import { sweepEntries } from "./sweep-entries.ts";
import { syncDead } from "./sync-dead.ts";
import { EntryWriter } from "./write-entries.ts";

const CATCH_UP_MS = 2_000;
/** Retention works in small chunks; this many a tick is 1,000 tasks a second. */
const CHUNKS_A_TICK = 10;

export interface ProjectionOptions {
  bus: Bus;
  kv: KV;
  history: History;
  pipelines: readonly Pipeline[];
  retention: Retention;
  tickMs: number;
  onProblem: (error: unknown) => void;
  onRebuild: (reason: string) => void;
}

/** Follows every stream into the tables, and the tables into the KV bucket; builds them anew when a stream was. */
export class Projection {
  readonly #options: ProjectionOptions;
  readonly #streams: readonly string[];
  readonly #followers = new Map<string, Follower>();
  /** Created time of each pipeline's stream, by pipeline: what orders KV entries across streams made anew. */
  readonly #epochs = new Map<string, number>();
  readonly #writer: EntryWriter;
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> | undefined;
  /** Where streams ended when the tables were emptied: past that, KV entries nobody knows are leftovers. */
  #sweepAt: Map<string, number> | undefined;
  #closed = false;

  constructor(options: ProjectionOptions) {
    this.#options = options;
    this.#streams = [...options.pipelines.map(({ stream }) => stream), "TASKS", "DEAD"];
    this.#writer = new EntryWriter(options.history, options.kv, this.#epochs, options.onProblem);
  }

  async start(): Promise<void> {
    const infos = await this.#infos();
    if (this.#options.history.size().runs === 0) this.#sweepAt = endsOf(infos);
    this.#compare(infos);
    for (const stream of this.#streams) this.#followers.set(stream, this.#follow(stream));
    this.#writer.wake();
    this.#timer = setInterval(() => {
      this.#ticking ??= this.#tick()
        .catch((error) => !this.#closed && this.#options.onProblem(error))
        .then(() => {
          this.#ticking = undefined;
        });
    }, this.#options.tickMs);
    this.#timer.unref();
  }

  /** How far the tables are behind each stream. */
  async lag(): Promise<TrackerStatus["streams"]> {
    return (await this.#infos()).map(({ config, state }) => {
      const applied = this.#options.history.place(config.name);
      return {
        stream: config.name,
        applied,
        last: state.last_seq,
        lag: state.messages === 0 ? 0 : Math.max(0, state.last_seq - applied),
      };
    });
  }

  /** Resolves when everything the streams hold now is in the tables, or after two seconds. */
  async caughtUp(): Promise<void> {
    const infos = await this.#infos();
    const deadline = Date.now() + CATCH_UP_MS;
    const behind = () => infos.some(({ config, state }) => this.#isBehind(config.name, state));
    while (behind() && Date.now() < deadline && !this.#closed)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await Promise.all([...this.#followers.values()].map((follower) => follower.close()));
    await this.#writer.close();
    await this.#ticking;
  }

  #infos(): Promise<StreamInfo[]> {
    return Promise.all(this.#streams.map((stream) => this.#options.bus.jsm.streams.info(stream)));
  }

  #follow(stream: string): Follower {
    const { bus, history, pipelines, onProblem } = this.#options;
    const isTasks = stream === "TASKS";
    return followStream(bus, {
      stream,
      // A message of TASKS holds up to 400 events.
      ahead: isTasks ? 24 : 100,
      place: () => history.place(stream),
      apply: (messages) => {
        history.apply(
          messages.map(({ subject, seq, headers, data, timestampNanos }) =>
            readRecord(
              stream,
              { subject, seq, headers, data, at: Number(timestampNanos / 1_000_000n) },
              pipelines,
            ),
          ),
        );
        if (!isTasks) this.#writer.wake();
      },
      onProblem,
    });
  }

  /** Empties the tables when a stream is not the one they were made from, or ends before the place they stand at. */
  #compare(infos: readonly StreamInfo[]): void {
    const { history, pipelines, onRebuild } = this.#options;
    const changed = infos.find(({ config, created, state }) => {
      const known = history.createdOf(config.name);
      return (known !== 0 && known !== Date.parse(created)) || history.place(config.name) > state.last_seq;
    });
    if (changed) {
      const reason = `stream ${changed.config.name} was made anew`;
      onRebuild(reason);
      history.rebuild(reason);
      this.#sweepAt = endsOf(infos);
    }
    for (const { config, created } of infos) {
      if (history.createdOf(config.name) === 0) history.noteCreated(config.name, Date.parse(created));
      const pipeline = pipelines.find(({ stream }) => stream === config.name);
      if (pipeline) this.#epochs.set(pipeline.name, Date.parse(created));
    }
    if (changed) for (const follower of this.#followers.values()) follower.restart();
  }

  async #tick(): Promise<void> {
    const { bus, history, retention, kv } = this.#options;
    const infos = await this.#infos();
    if (this.#closed) return;
    this.#compare(infos);
    for (const { config, state } of infos)
      if (state.messages > 0) this.#followers.get(config.name)?.checkStuck(state.last_seq);
    for (let chunk = 0; chunk < CHUNKS_A_TICK && !this.#closed; chunk++) {
      if (history.dropOld(retention) === 0) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await syncDead(bus, history);
    this.#writer.wake();
    if (!this.#sweepAt || [...this.#sweepAt].some(([stream, end]) => history.place(stream) < end)) return;
    this.#sweepAt = undefined;
    await sweepEntries(history, kv);
  }

  #isBehind(stream: string, state: StreamInfo["state"]): boolean {
    return state.messages > 0 && this.#options.history.place(stream) < state.last_seq;
  }
}

/** Where each stream that holds anything ends. */
function endsOf(infos: readonly StreamInfo[]): Map<string, number> {
  return new Map(
    infos.filter(({ state }) => state.messages > 0).map(({ config, state }) => [config.name, state.last_seq]),
  );
}
