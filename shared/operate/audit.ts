import { type Bus, publishRaw } from "#shared/bus";
import { mintUid } from "./mint-uid.ts";

/** Something an operator did. */
export interface AuditEntry {
  action: string;
  /** What it was done to: a uid, a stage, a queue, a dead letter. */
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
    messageId: `audit.${mintUid()}`,
  });
}
