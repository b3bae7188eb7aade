/**
 * What the runtime does with a failure:
 * - `retryable`: try again after a delay, dead-letter when attempts are used up
 * - `permanent`: understood and hopeless: failed event, never again
 * - `poison`: the message itself cannot be handled: dead letter with its bytes
 * - `fatal`: this process cannot work: one sentence, non-zero exit
 */
export type FailureKind = "retryable" | "permanent" | "poison" | "fatal";

export interface ErrorOptionsWithDelay extends ErrorOptions {
  /** Wait this long before the next attempt, in ms; the stage's own delay when absent. */
  retryAfterMs?: number;
}

/** The base of every error a user may see: a stable code, a kind, a sentence with the numbers in it. */
export class PenstockError extends Error {
  readonly code: string;
  readonly kind: FailureKind;

  constructor(kind: FailureKind, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.kind = kind;
    this.code = code;
  }
}

/** May work later: store unreachable, a 503, out of memory. */
export class RetryableError extends PenstockError {
  readonly retryAfterMs: number | undefined;

  constructor(code: string, message: string, options?: ErrorOptionsWithDelay) {
    super("retryable", code, message, options);
    this.retryAfterMs = options?.retryAfterMs;
  }
}

/** Understood and will never work: corrupt image, page absent. */
export class PermanentError extends PenstockError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super("permanent", code, message, options);
  }
}

/** The message itself cannot be handled: bytes do not decode, the schema refuses. */
export class PoisonError extends PenstockError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super("poison", code, message, options);
  }
}

/** This process cannot work: bad configuration, a server too old. Ends the process with `exitCode`. */
export class FatalError extends PenstockError {
  /** `EX_CONFIG` of sysexits.h unless told otherwise. */
  readonly exitCode: number = 78;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super("fatal", code, message, options);
  }
}
