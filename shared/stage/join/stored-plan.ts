import { Header } from "#shared/bus";
import { decodeBody, validate } from "#shared/codec";
import { JoinPlan } from "#shared/messages";
import type { Kept } from "./part-end.ts";

/** The plan of a run as it lies in the stream. */
export interface StoredPlan {
  seq: number;
  generation: number;
  /** Ms since the epoch. */
  storedAt: number;
  traceparent: string | undefined;
  body: Record<string, unknown>;
  plan: JoinPlan;
}

/** Reads a plan. @throws PoisonError `UNDECODABLE`, `INVALID_MESSAGE` */
export function toPlan(message: Kept & { storedAt: number }): StoredPlan {
  const { seq, generation, storedAt, headers } = message;
  const decoded = decodeBody(message.data, headers?.get(Header.contentType) || undefined);
  const { join: _, ...body } = decoded as Record<string, unknown>;
  const plan = validate(JoinPlan, (decoded as { join?: unknown }).join, "join");
  const traceparent = headers?.get(Header.traceparent) || undefined;
  return { seq, generation, storedAt, traceparent, body, plan };
}
