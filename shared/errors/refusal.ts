import { PermanentError } from "./penstock-error.ts";

/**
 * Why an operator's wish was not granted:
 * - `invalid`: the request itself is wrong
 * - `missing`: what it names does not exist
 * - `conflict`: it cannot be done in the present state
 * - `too-large`: above a stated limit
 */
export type RefusalReason = "invalid" | "missing" | "conflict" | "too-large";

/** A wish that was not granted; HTTP makes a status of the reason, the command line an exit code. */
export class Refusal extends PermanentError {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, code: string, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.reason = reason;
  }
}
