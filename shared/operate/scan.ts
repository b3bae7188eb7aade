import { DeliverPolicy, type JsMsg } from "@nats-io/jetstream";
import type { Bus } from "#shared/bus";

export interface ScanOptions {
  /** Subjects, with wildcards. */
  filters: string[];
  /** First stream sequence looked at. @default 1 */
  fromSeq?: number;
  /** Bodies stay on the server. @default false */
  headersOnly?: boolean;
}

const BATCH = 256;

/** Reads what a stream holds now, oldest first, and ends; what arrives meanwhile may or may not be seen. */
export async function* scan(bus: Bus, stream: string, options: ScanOptions): AsyncGenerator<JsMsg, void> {
  const consumer = await bus.js.consumers.get(stream, {
    filter_subjects: options.filters,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: Math.max(1, options.fromSeq ?? 1),
    headers_only: options.headersOnly ?? false,
    inactive_threshold: 10_000,
  });
  try {
    let left = (await consumer.info()).num_pending;
    while (left > 0) {
      const batch = await consumer.fetch({ max_messages: Math.min(BATCH, left), expires: 5_000 });
      let got = 0;
      for await (const message of batch) {
        got++;
        left = message.info.pending;
        yield message;
      }
      if (got === 0) return;
    }
  } finally {
    await consumer.delete().catch(() => false);
  }
}
