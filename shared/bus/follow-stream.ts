import { type ConsumerMessages, DeliverPolicy, type JsMsg } from "@nats-io/jetstream";
import type { Bus } from "./connect.ts";

/** Messages gather this long before they are applied together; no person notices, and it saves a commit each. */
const GATHER_MS = 25;
const BATCH_MAX = 100;
/** A reader that hears nothing for this long while the stream has more is replaced. */
const STUCK_MS = 10_000;
const AGAIN_MS = 1_000;

export interface FollowOptions {
  stream: string;
  /** Messages asked for ahead of time: what may lie in memory. */
  ahead: number;
  /** Leaves bodies on the server. @default false */
  headersOnly?: boolean;
  /** Sequence of the last message that was applied. */
  place: () => number;
  /** Applies a batch; a batch that throws is read again. */
  apply: (messages: JsMsg[]) => void;
  onProblem: (error: unknown) => void;
  /** The stream holds nothing after `place()`, though it may end later, at `end`: its last messages were removed. */
  onEmpty?: (end: number) => void;
}

export interface Follower {
  /** Starts over from `place()`: after the tables were emptied. */
  restart(): void;
  /** Tells where the stream ends now, so that a reader that fell silent is noticed. */
  checkStuck(last: number): void;
  close(): Promise<void>;
}

/** Reads a stream in order for ever, from where the tables stand, through restarts of server and stream. */
export function followStream(bus: Bus, options: FollowOptions): Follower {
  let closed = false;
  let current: ConsumerMessages | undefined;
  let heardAt = Date.now();
  let wake: (() => void) | undefined;

  const pause = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, AGAIN_MS).unref();
    });

  /** One reader's life: it ends when it is replaced, or by throwing. */
  async function read(): Promise<void> {
    const end = options.onEmpty ? (await bus.jsm.streams.info(options.stream)).state.last_seq : 0;
    const consumer = await bus.js.consumers.get(options.stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: options.place() + 1,
      inactive_threshold: 60_000,
      headers_only: options.headersOnly ?? false,
    });
    // What was stored since `end` was read would be pending.
    if (options.onEmpty && (await consumer.info()).num_pending === 0) options.onEmpty(end);
    const messages = await consumer.consume({
      max_messages: options.ahead,
      expires: 5_000,
      idle_heartbeat: 1_000,
    });
    current = messages;
    if (closed) messages.stop();
    let batch: JsMsg[] = [];
    let failure: unknown;
    let timer: NodeJS.Timeout | undefined;
    const flush = () => {
      clearTimeout(timer);
      timer = undefined;
      const taken = batch;
      batch = [];
      if (taken.length === 0 || failure) return;
      try {
        options.apply(taken);
      } catch (error) {
        failure = error;
        messages.stop(error as Error);
      }
    };
    try {
      for await (const message of messages) {
        heardAt = Date.now();
        batch.push(message);
        if (batch.length >= BATCH_MAX) {
          flush();
          // Reading a long history must not keep heartbeats and questions waiting.
          await new Promise((resolve) => setImmediate(resolve));
        } else timer ??= setTimeout(flush, GATHER_MS);
      }
      flush();
    } finally {
      clearTimeout(timer);
      current = undefined;
      await consumer.delete().catch(() => undefined);
    }
    if (failure) throw failure;
  }

  const running = (async () => {
    while (!closed) {
      try {
        await read();
      } catch (error) {
        if (closed) return;
        options.onProblem(error);
        await pause();
      }
    }
  })();

  return {
    restart: () => {
      heardAt = Date.now();
      current?.stop();
    },
    checkStuck(last) {
      if (last <= options.place()) heardAt = Date.now();
      else if (Date.now() - heardAt > STUCK_MS) this.restart();
    },
    async close() {
      closed = true;
      current?.stop();
      wake?.();
      await running;
    },
  };
}
