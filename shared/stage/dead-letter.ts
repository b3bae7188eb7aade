import { type Bus, DeadHeader, publishRaw } from "#shared/bus";
import type { Failure } from "#shared/errors";
import type { Stage } from "#shared/pipeline";
import type { Delivery } from "./delivery.ts";

/** Why a message is dead: attempts used up, unreadable, or its workers kept dying. */
export type DeadReason = "EXHAUSTED" | "POISON" | "WORKER_LOST";

export interface DeadLetter {
  stage: Stage;
  stream: string;
  run: string;
  reason: DeadReason;
  failure: Failure;
  worker: string;
}

/** Keeps a message that cannot be handled, whole, with its story, on `dead.<pipeline>.<stage>.<run>`. */
export async function buryMessage(
  bus: Bus,
  delivery: Pick<Delivery, "subject" | "headers" | "data" | "seq" | "deliveries">,
  letter: DeadLetter,
): Promise<void> {
  const headers: Record<string, string | number | undefined> = {};
  // The server's own headers would be obeyed again (expected sequence, message id).
  for (const name of delivery.headers?.keys() ?? [])
    if (!/^nats-/i.test(name)) headers[name] = delivery.headers?.get(name);
  await publishRaw(bus, {
    subject: `dead.${letter.stage.pipeline}.${letter.stage.name}.${letter.run}`,
    bytes: delivery.data,
    messageId: `dead.${letter.stage.name}.${delivery.seq}`,
    headers: {
      ...headers,
      [DeadHeader.code]: letter.failure.code,
      [DeadHeader.reason]: letter.reason,
      [DeadHeader.message]: letter.failure.message,
      [DeadHeader.stack]: letter.failure.stack?.slice(0, 3_000),
      [DeadHeader.stage]: letter.stage.name,
      [DeadHeader.subject]: delivery.subject,
      [DeadHeader.stream]: letter.stream,
      [DeadHeader.sequence]: delivery.seq,
      [DeadHeader.deliveries]: delivery.deliveries,
      [DeadHeader.time]: new Date().toISOString(),
      [DeadHeader.worker]: letter.worker,
    },
  });
}
