import { nuid } from "@nats-io/nats-core";
import type { Bus } from "./connect.ts";
import { publishRaw } from "./publish.ts";

/** Who acts and why. */
export interface Actor {
  by: string;
  /** What they are allowed (`viewer`, `operator`, `admin`); absent where nobody is asked. */
  role?: string | undefined;
  reason?: string | undefined;
}

/** Something an operator did. */
export interface AuditEntry extends Actor {
  /** Verb, with dots below a subject of its own: `retry`, `models.promote`. */
  action: string;
  /** What it was done to: a uid, a task, a stage, a queue, a dead letter, a model. */
  target: string;
  /** What else is worth knowing: arguments, counts. */
  details?: Record<string, unknown> | undefined;
}

/** The part of some options that says who acts. */
export const signed = ({ by, role, reason }: Actor): Actor => ({ by, role, reason });

/** Writes an operator's action to `task.audit.<action>` in stream TASKS, where no age ends it as it ends lifecycle events. */
export async function audit(bus: Bus, entry: AuditEntry): Promise<void> {
  const { action, target, by, role, reason, details } = entry;
  const body = JSON.stringify({ action, target, by, role, reason, details, at: Date.now() });
  await publishRaw(bus, {
    subject: `task.audit.${action}`,
    bytes: new TextEncoder().encode(body),
    headers: { "Content-Type": "application/json", "Nats-TTL": "never" },
    messageId: `audit.${nuid.next()}`,
  });
}
