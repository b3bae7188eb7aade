import { RetryableError } from "#shared/errors";

/** A person ended the run: its running attempt stops, its waiting tasks never start. */
export class Revoked extends Error {
  override readonly name = "Revoked";
}

/** This worker stops and hands the task over: no attempt is used up. */
export class Released extends Error {
  override readonly name = "Released";
}

export const softLimit = (stage: string, ms: number) =>
  new RetryableError(
    "SOFT_TIME_LIMIT",
    `${stage} ran longer than its soft limit of ${ms / 1000} s and was asked to stop`,
  );

export const hardLimit = (stage: string, ms: number) =>
  new RetryableError(
    "HARD_TIME_LIMIT",
    `${stage} ran longer than its hard limit of ${ms / 1000} s and was killed`,
  );
