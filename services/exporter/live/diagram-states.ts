import type { Bus } from "#shared/bus";
import { historyClient } from "#shared/history";
import type { Pipeline } from "#shared/pipeline";

/**
 * How many diagrams are in each state, every declared one included. The tracker keeps this number, so it is asked.
 * @throws RetryableError `TRACKER_UNAVAILABLE`
 */
export async function readDiagramStates(bus: Bus, pipeline: Pipeline): Promise<ReadonlyMap<string, number>> {
  // The shortest window: only the numbers of runs are wanted, and they need none.
  const { runs } = await historyClient(bus).overview({ pipeline: pipeline.name, windowMs: 60_000 });
  const states = new Map(Object.values(pipeline.messages).map(({ state }) => [state, 0]));
  for (const [state, count] of Object.entries(runs.byState)) states.set(state, count);
  return states;
}
