import type { Bus } from "#shared/bus";
import { historyClient } from "#shared/history";
import type { Pipeline } from "#shared/pipeline";
import { readDiagramStates } from "./diagram-states.ts";

/** How retraining stands. */
export interface Retraining {
  /** Runs by state, every declared one included. */
  states: ReadonlyMap<string, number>;
  /** The last run that completed. */
  last: { endedAt: number; durationMs: number } | null;
}

/** Asks the tracker how retrainings went. @throws RetryableError `TRACKER_UNAVAILABLE` */
export async function readRetraining(bus: Bus, pipeline: Pipeline): Promise<Retraining> {
  const [states, { runs }] = await Promise.all([
    readDiagramStates(bus, pipeline),
    historyClient(bus).listRuns({ pipeline: pipeline.name, state: "completed", sort: "updated", limit: 1 }),
  ]);
  const [run] = runs;
  return { states, last: run ? { endedAt: run.updated, durationMs: run.updated - run.created } : null };
}
