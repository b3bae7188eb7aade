import { randomBytes } from "node:crypto";

/** A W3C traceparent for a run that begins here. */
export function newTraceparent(): string {
  return `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-01`;
}

/** The same trace, a new span: what a stage hands on. */
export function childTraceparent(parent: string | undefined): string {
  const match = parent?.match(/^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/);
  if (!match) return newTraceparent();
  return `00-${match[1]}-${randomBytes(8).toString("hex")}-${match[2]}`;
}
