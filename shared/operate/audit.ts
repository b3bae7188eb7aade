import { type Bus, publishRaw } from "#shared/bus";
import { mintUid } from "./mint-uid.ts";

/** Who acts and why. */
export interface Actor {
  by: string;
  /** What they are allowed: `viewer`, `operator`, `admin`; absent where nobody is asked. */
  role?: string | undefined;
  reason?: string | undefined;
}

/** Something an operator did. */
export interface AuditEntry extends Actor {
  action: string;
  /** What it was done to: a uid, a task, a stage, a queue, a dead letter. */
  target: string;
  /** What else is worth knowing: arguments, counts. */
  details?: Record<string, unknown> | undefined;
}

/** The part of some options that says who acts. */
export const signed = ({ by, role, reason }: Actor): Actor => ({ by, role, reason });

/** Writes an operator's action to `task.audit.<action>` in stream TASKS, where it outlives the lifecycle events. */
export async function audit(bus: Bus, entry: AuditEntry): Promise<void> {
  const { action, target, by, role, reason, details } = entry;
  await publishRaw(bus, {
    subject: `task.audit.${action}`,
    bytes: new TextEncoder().encode(
      JSON.stringify({ action, target, by, role, reason, details, at: Date.now() }),
    ),
    headers: { "Content-Type": "application/json", "Nats-TTL": "never" },
    messageId: `audit.${mintUid()}`,
  });
}
