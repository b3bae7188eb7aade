import type { Gate } from "#shared/messages";
import { GATES } from "#shared/pipeline";
import { Refusal } from "./refusal.ts";
import { eventOf, type RunEvent, type RunNow } from "./run-events.ts";

/** What somebody hears who comes second. */
export const alreadyApproved = (uid: string, gate: Gate): Refusal =>
  new Refusal("conflict", "ALREADY_APPROVED", `gate ${gate} of diagram "${uid}" has been approved already`);

/**
 * The event by which a diagram waits at a gate now.
 * @throws Refusal `NOT_WAITING`, `ALREADY_APPROVED`
 */
export function waitingAt(run: RunNow, gate: Gate): RunEvent {
  const spec = GATES[gate];
  const { last } = run;
  if (last.type === spec.waiting) return last;
  const waited = eventOf(run, spec.waiting);
  const approved = eventOf(run, spec.approved);
  if (waited && approved && approved.seq > waited.seq) throw alreadyApproved(run.uid, gate);
  throw new Refusal(
    "conflict",
    "NOT_WAITING",
    `diagram "${run.uid}" does not wait at gate ${gate}: its state is ${last.spec.state}`,
  );
}
