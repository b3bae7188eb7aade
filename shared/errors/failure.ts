import { type FailureKind, PenstockError, RetryableError } from "./penstock-error.ts";

/** An error as data: what crosses process borders, goes into events, and is shown to people. */
export interface Failure {
  kind: FailureKind;
  code: string;
  message: string;
  name: string;
  stack?: string;
  retryAfterMs?: number;
}

/** Turns anything thrown into a {@link Failure}; what nobody classified is retryable with code `UNEXPECTED`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof PenstockError) {
    const failure: Failure = {
      kind: thrown.kind,
      code: thrown.code,
      message: thrown.message,
      name: thrown.name,
    };
    if (thrown.stack) failure.stack = thrown.stack;
    if (thrown instanceof RetryableError && thrown.retryAfterMs !== undefined)
      failure.retryAfterMs = thrown.retryAfterMs;
    return failure;
  }
  if (thrown instanceof Error) {
    const failure: Failure = {
      kind: "retryable",
      code: "UNEXPECTED",
      message: thrown.message,
      name: thrown.name,
    };
    if (thrown.stack) failure.stack = thrown.stack;
    return failure;
  }
  return { kind: "retryable", code: "UNEXPECTED", message: String(thrown), name: "Error" };
}

/** The inverse of {@link toFailure}, for a failure that came from another process. */
export function fromFailure(failure: Failure): PenstockError {
  const error =
    failure.kind === "retryable"
      ? new RetryableError(failure.code, failure.message, { retryAfterMs: failure.retryAfterMs })
      : new PenstockError(failure.kind, failure.code, failure.message);
  error.name = failure.name;
  if (failure.stack) error.stack = failure.stack;
  return error;
}
