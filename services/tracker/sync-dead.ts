import type { Bus } from "#shared/bus";
import type { History } from "#shared/history";

/** Letters that were sent again or dropped leave the stream by deletion, which no consumer is told: compare, and drop them. */
export async function syncDead(bus: Bus, history: History): Promise<void> {
  const { state } = await bus.jsm.streams.info("DEAD");
  const applied = history.place("DEAD");
  if (applied < state.last_seq || history.deadCount() === state.messages) return;
  const info = await bus.jsm.streams.info("DEAD", { deleted_details: true });
  const deleted = new Set(info.state.deleted ?? []);
  history.dropDead((seq) => seq < info.state.first_seq || deleted.has(seq));
}
