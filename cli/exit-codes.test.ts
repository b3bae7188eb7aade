import { expect, test } from "vitest";
import { FatalError, PermanentError, PoisonError, RetryableError } from "#shared/errors";
import { Refusal } from "#shared/operate";
import { exitCodeOf } from "./exit-codes.ts";

test("every kind of failure has its exit code", () => {
  const codes = [
    new Refusal("invalid", "BAD_UID", ""),
    new Refusal("missing", "RUN_NOT_FOUND", ""),
    new Refusal("conflict", "ALREADY_APPROVED", ""),
    new Refusal("too-large", "UPLOAD_TOO_LARGE", ""),
    new RetryableError("TRACKER_UNAVAILABLE", ""),
    new PermanentError("TASK_NOT_FOUND", ""),
    new PermanentError("BAD_SEARCH", ""),
    new PoisonError("INVALID_MESSAGE", ""),
    new FatalError("NATS_UNREACHABLE", ""),
    new FatalError("NATS_SERVER_TOO_OLD", ""),
    new Error("anything"),
  ].map(exitCodeOf);
  expect(codes).toEqual([2, 3, 4, 2, 69, 3, 2, 2, 69, 78, 1]);
});
