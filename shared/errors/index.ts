export { type Failure, fromFailure, toFailure } from "./failure.ts";
export {
  type ErrorOptionsWithDelay,
  type FailureKind,
  FatalError,
  PenstockError,
  PermanentError,
  PoisonError,
  RetryableError,
} from "./penstock-error.ts";
export { Refusal, type RefusalReason } from "./refusal.ts";
