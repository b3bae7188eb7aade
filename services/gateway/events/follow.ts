import { DeliverPolicy, type JsMsg } from "@nats-io/jetstream";
import type { Bus } from "#shared/bus";

/** A stream being read live; ends when stopped. */
export interface Following {
  messages: AsyncIterable<JsMsg>;
  /** Sequence before the first message delivered. */
  from: number;
  stop(): void;
}

/** Follows a stream from behind a sequence, or from now on. The client makes its consumer anew after a lost connection. */
export async function follow(
  bus: Bus,
  stream: string,
  subjects: string[],
  after: number | undefined,
): Promise<Following> {
  const from = after ?? (await bus.jsm.streams.info(stream)).state.last_seq;
  const consumer = await bus.js.consumers.get(stream, {
    filter_subjects: subjects,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: from + 1,
    inactive_threshold: 30_000,
  });
  const messages = await consumer.consume({ max_messages: 100, expires: 10_000, idle_heartbeat: 2_000 });
  return {
    messages,
    from,
    stop: () => {
      messages.stop();
      consumer.delete().catch(() => false);
    },
  };
}
