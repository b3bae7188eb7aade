import type { MsgHdrs } from "@nats-io/nats-core";
import { Header } from "#shared/bus";
import { decodeBody, validate } from "#shared/codec";
import { toFailure } from "#shared/errors";
import { type JoinedPart, PartLost } from "#shared/messages";
import type { JoinSpec, Pipeline } from "#shared/pipeline";

/** A message as it was stored or delivered. */
export interface Kept {
  seq: number;
  generation: number;
  headers: MsgHdrs | undefined;
  data: Uint8Array;
}

/** How a part ended. */
export interface PartEnd extends Pick<JoinedPart, "seq" | "result" | "error"> {
  state: "succeeded" | "failed" | "revoked";
  generation: number;
  traceparent: string | undefined;
}

/** Reads the message that ended a part; a result nobody can read is a failure of its part, not of the join. */
export function toEnd(pipeline: Pipeline, join: JoinSpec, type: string, message: Kept): PartEnd {
  const { seq, generation, headers } = message;
  const end = { seq, generation, traceparent: headers?.get(Header.traceparent) || undefined };
  try {
    const body = decodeBody(message.data, headers?.get(Header.contentType) || undefined);
    if (type === join.result) {
      const result = validate(pipeline.messages[type]!.schema, body, type) as Record<string, unknown>;
      return { ...end, state: "succeeded", result };
    }
    const lost = validate(PartLost, body, type);
    const error = { code: lost.error_code, message: lost.error_message };
    return { ...end, state: lost.revoked ? "revoked" : "failed", error };
  } catch (thrown) {
    const { code, message: sentence } = toFailure(thrown);
    return { ...end, state: "failed", error: { code, message: sentence } };
  }
}
