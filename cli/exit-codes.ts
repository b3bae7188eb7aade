import { errors as natsErrors } from "@nats-io/nats-core";
import { FatalError, PenstockError } from "#shared/errors";
import { Refusal } from "#shared/operate";
import { Exit } from "./exit.ts";

const UNREACHABLE = new Set(["NATS_UNREACHABLE", "NATS_REFUSED"]);

/** The exit code an error means. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Refusal)
    return { invalid: Exit.usage, missing: Exit.notFound, conflict: Exit.conflict, "too-large": Exit.usage }[
      error.reason
    ];
  if (error instanceof FatalError) return UNREACHABLE.has(error.code) ? Exit.unavailable : error.exitCode;
  if (error instanceof PenstockError) {
    if (error.kind === "retryable") return Exit.unavailable;
    if (/_NOT_FOUND$|_UNKNOWN$/.test(error.code)) return Exit.notFound;
    return error.kind === "poison" || /^BAD_/.test(error.code) ? Exit.usage : Exit.failed;
  }
  if (error instanceof natsErrors.TimeoutError || error instanceof natsErrors.RequestError)
    return Exit.unavailable;
  return Exit.failed;
}
