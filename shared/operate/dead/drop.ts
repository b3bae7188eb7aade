import type { Bus } from "#shared/bus";
import { type Actor, audit, signed } from "../audit.ts";
import { DEAD_STREAM, type DeadFilter, listDead, loadDead } from "./read.ts";

/**
 * Throws a dead letter away; the reason goes to the audit trail.
 * @throws Refusal `DEAD_LETTER_NOT_FOUND`
 */
export async function dropDead(bus: Bus, seq: number, options: Actor & { reason: string }): Promise<void> {
  const { letter } = await loadDead(bus, seq);
  await bus.jsm.streams.deleteMessage(DEAD_STREAM, seq);
  const target = `${letter.stage}.${letter.run}`;
  await audit(bus, {
    action: "drop",
    target,
    ...signed(options),
    details: { letter: seq, code: letter.code },
  });
}

/** Throws away every dead letter that matches. @returns how many */
export async function dropAllDead(
  bus: Bus,
  filter: DeadFilter,
  options: Actor & { reason: string },
): Promise<number> {
  const letters = await listDead(bus, filter, { limit: 100_000 });
  for (const letter of letters) await dropDead(bus, letter.seq, options);
  return letters.length;
}
