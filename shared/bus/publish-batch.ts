import { randomUUID } from "node:crypto";
import { type ApiError, JetStreamApiError } from "@nats-io/jetstream";
import type { Bus } from "./connect.ts";
import { ApiCode, apiCode, publishFailure } from "./errors.ts";
import { messageLimit } from "./message-limit.ts";
import { publishHeaders, type RawMessage, type StoredAt } from "./publish.ts";

/**
 * Stores messages of one stream together or not at all (ADR-50), retrying while the server is away. Only the last one is
 * answered, so the others go out without waiting; the client's own batch waits and keeps the server's error to itself.
 * @param messages at most 1,000; each subject at most once where `expectLast` is given
 * @returns where the last one is stored; `duplicate` when an earlier try of ours, or somebody else's, stored the batch
 * @throws LostRace when an `expectLast` does not hold; as `publishRaw`
 */
export async function publishBatch(
  bus: Bus,
  messages: readonly RawMessage[],
  patienceMs = 20_000,
): Promise<StoredAt> {
  const deadline = Date.now() + patienceMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await send(bus, messages);
    } catch (error) {
      if (apiCode(error) === ApiCode.duplicateInBatch) return { seq: 0, duplicate: true };
      const answered = error instanceof JetStreamApiError && error.status < 500;
      if (answered || bus.nc.isClosed() || Date.now() >= deadline) {
        const largest = messages.reduce((a, b) => (a.bytes.byteLength > b.bytes.byteLength ? a : b));
        throw publishFailure(error, messages.at(-1)!.subject, {
          message: largest.bytes.byteLength,
          limit: messageLimit(bus.nc.info?.max_payload),
        });
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(1_000, 50 * 2 ** attempt)));
    }
  }
}

async function send(bus: Bus, messages: readonly RawMessage[]): Promise<StoredAt> {
  const batch = randomUUID();
  const headersOf = (message: RawMessage, index: number, commit?: string) =>
    publishHeaders(message, {
      "Nats-Batch-Id": batch,
      "Nats-Batch-Sequence": index + 1,
      "Nats-Batch-Commit": commit,
    });
  for (const [index, message] of messages.slice(0, -1).entries())
    bus.nc.publish(message.subject, message.bytes, { headers: headersOf(message, index) });
  const last = messages.at(-1)!;
  const headers = headersOf(last, messages.length - 1, "1");
  const answer = await bus.requests.request(last.subject, last.bytes, 5_000, headers);
  const ack = answer.json<{ seq: number; error?: ApiError }>();
  if (ack.error) throw new JetStreamApiError(ack.error);
  return { seq: ack.seq, duplicate: false };
}
