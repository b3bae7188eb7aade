export { Refusal, type RefusalReason } from "#shared/errors";
