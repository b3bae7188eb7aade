/** What the gateway answered when it did not do what was asked: an RFC 9457 document, or our words for no answer. */
export class Problem extends Error {
  override name = "Problem";
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  /** SCREAMING_SNAKE; `UNREACHABLE` when nothing answered. */
  readonly code: string;
  readonly requestId: string;

  constructor(status: number, code: string, message: string, requestId = "") {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** Any thrown thing as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, "UNEXPECTED", error instanceof Error ? error.message : String(error));
}
