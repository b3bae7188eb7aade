import { JetStreamApiError } from "@nats-io/jetstream";
import { PenstockError, RetryableError } from "#shared/errors";

/** Codes of the server's JetStream API that we act on. */
export const ApiCode = {
  wrongLastSequence: 10071,
  /** 2.12+: the same, for a constant last-sequence check. */
  wrongLastSequenceConstant: 10164,
  messageNotFound: 10037,
  streamNotFound: 10059,
  consumerNotFound: 10014,
  storeFull: 10077,
} as const;

/** Somebody else published on this subject first: the expected last sequence does not hold. */
export class LostRace extends PenstockError {
  constructor(subject: string, options?: ErrorOptions) {
    super("permanent", "LOST_RACE", `${subject} already has its message`, options);
  }
}

/** The server's error code, or 0. */
export function apiCode(error: unknown): number {
  return error instanceof JetStreamApiError ? error.code : 0;
}

/** What a publish that failed means to the caller. */
export function publishFailure(error: unknown, subject: string): Error {
  const code = apiCode(error);
  if (code === ApiCode.wrongLastSequence || code === ApiCode.wrongLastSequenceConstant)
    return new LostRace(subject, { cause: error });
  if (error instanceof JetStreamApiError)
    return new RetryableError("BUS_REFUSED", `the stream refuses ${subject}: ${error.message} (${code})`, {
      cause: error,
    });
  return new RetryableError("BUS_UNREACHABLE", `publishing ${subject} failed: ${(error as Error).message}`, {
    cause: error,
  });
}
