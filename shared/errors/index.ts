export { type Failure, fromFailure, toFailure } from "./failure.ts";
export {
  type ErrorOptionsWithDelay,
  FatalError,
  type FailureKind,
  PenstockError,
  PermanentError,
  PoisonError,
  RetryableError,
} from "./penstock-error.ts";
