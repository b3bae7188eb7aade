export { type AuditEntry, audit } from "#shared/bus";
