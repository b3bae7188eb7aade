import { JetStreamApiError } from "@nats-io/jetstream";
import { errors } from "@nats-io/nats-core";
import { PenstockError, PermanentError, RetryableError } from "#shared/errors";

/** Codes of the server's JetStream API that we act on. */
export const ApiCode = {
  wrongLastSequence: 10071,
  /** 2.12+: the same, for a constant last-sequence check. */
  wrongLastSequenceConstant: 10164,
  /** An atomic batch holds a message id that is stored already: the batch was published before. */
  duplicateInBatch: 10201,
  messageNotFound: 10037,
  streamNotFound: 10059,
  consumerNotFound: 10014,
  storeFull: 10077,
  messageTooLarge: 10054,
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

/** True when the message is over the server's payload limit, or the stream's message size. */
export const isTooLarge = (error: unknown): boolean =>
  apiCode(error) === ApiCode.messageTooLarge ||
  (error instanceof errors.InvalidArgumentError && /max_payload/.test(error.message));

/**
 * What a publish that failed means to the caller.
 * @param sizes of the message and of what the server takes, in bytes
 */
export function publishFailure(
  error: unknown,
  subject: string,
  sizes: { message: number; limit: number },
): Error {
  const code = apiCode(error);
  if (isTooLarge(error))
    return new PermanentError(
      "MESSAGE_TOO_LARGE",
      `${subject} would have ${sizes.message} bytes besides its headers, the limit is ${sizes.limit} with them; keep large things in the object store`,
      { cause: error },
    );
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
