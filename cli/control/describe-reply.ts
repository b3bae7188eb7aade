import type { ControlReply } from "#shared/operate";

const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));

/** What a worker answered to an order, as a row: worker, stage, what it does now. */
export function describeReply(reply: ControlReply): [string, string, string] {
  return [text(reply.worker), text(reply.stage), outcomeOf(reply)];
}

function outcomeOf({ error, slots, autoscale, executors, stopping }: ControlReply): string {
  if (error !== undefined) return `refused: ${error}`;
  if (stopping) return "stops when what it runs is finished or handed over";
  if (executors !== undefined) return `${text(executors)} executors are replaced`;
  const now = slots === undefined ? "done" : `${text(slots)} slots`;
  if (autoscale === undefined) return now;
  const bounds = autoscale as { min: number; max: number } | null;
  return bounds ? `${bounds.min} to ${bounds.max} slots by what waits, now ${text(slots)}` : `${now}, fixed`;
}
