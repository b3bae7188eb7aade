export { type Actor, type AuditEntry, audit, signed } from "#shared/bus";
