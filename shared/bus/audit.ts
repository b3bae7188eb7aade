import { nuid } from "@nats-io/nats-core";
import type { Bus } from "./connect.ts";
import { publishRaw } from "./publish.ts";

/** Something an operator did. */
export interface AuditEntry {
  /** Verb, with dots below a subject of its own: `retry`, `models.promote`. */
  action: string;
  /** What it was done to: a uid, a stage, a queue, a dead letter, a model. */
  target: string;
  by: string;
  reason?: string;
}

/** Writes an operator's action to `task.audit.<action>` in stream TASKS. */
export async function audit(bus: Bus, entry: AuditEntry): Promise<void> {
  await publishRaw(bus, {
    subject: `task.audit.${entry.action}`,
    bytes: new TextEncoder().encode(JSON.stringify({ ...entry, at: Date.now() })),
    headers: { "Content-Type": "application/json" },
    messageId: `audit.${nuid.next()}`,
  });
}
