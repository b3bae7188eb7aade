import { AckPolicy, type ConsumerMessages, DeliverPolicy, type JsMsg } from "@nats-io/jetstream";
import { nanos } from "@nats-io/nats-core";
import type { Bus } from "#shared/bus";
import type { Pipeline } from "#shared/pipeline";
import { buryLost } from "./bury-lost.ts";

/** One durable consumer for all trackers: each advisory is settled by one of them, and again until it is. */
const DURABLE = "tracker-reconciler";
const AGAIN_MS = 5_000;

export interface Advisory {
  stream: string;
  consumer: string;
  stream_seq: number;
  deliveries: number;
}

/** Settles messages JetStream gave up on, one at a time, for ever. */
export function reconcileAdvisories(
  bus: Bus,
  pipelines: readonly Pipeline[],
  on: { buried: (task: string) => void; problem: (error: unknown) => void },
): { close(): Promise<void> } {
  let closed = false;
  let current: ConsumerMessages | undefined;
  let wake: (() => void) | undefined;

  async function settle(message: JsMsg): Promise<void> {
    try {
      const task = await buryLost(bus, pipelines, message.json<Advisory>());
      if (task) on.buried(task);
      await message.ackAck();
    } catch (error) {
      on.problem(error);
      message.nak(AGAIN_MS);
    }
  }

  async function read(): Promise<void> {
    await bus.jsm.consumers.add("ADVISORIES", {
      durable_name: DURABLE,
      description: "messages JetStream gave up on become dead letters",
      filter_subjects: ["$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>"],
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(60_000),
      max_deliver: -1,
    });
    const consumer = await bus.js.consumers.get("ADVISORIES", DURABLE);
    current = await consumer.consume({ max_messages: 1, expires: 5_000, idle_heartbeat: 1_000 });
    if (closed) current.stop();
    for await (const message of current) await settle(message);
  }

  const running = (async () => {
    while (!closed) {
      try {
        await read();
      } catch (error) {
        if (closed) return;
        on.problem(error);
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, AGAIN_MS).unref();
        });
      }
    }
  })();

  return {
    async close() {
      closed = true;
      current?.stop();
      wake?.();
      await running;
    },
  };
}
