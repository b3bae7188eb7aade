import type { Bus } from "#shared/bus";
import { historyClient } from "#shared/history";
import { listQueues } from "#shared/operate";
import type { Snapshot } from "./frame.ts";

/** A look at the whole system. @throws RetryableError `TRACKER_UNAVAILABLE` */
export async function takeSnapshot(bus: Bus): Promise<Snapshot> {
  const history = historyClient(bus);
  const [overview, queues, { workers }, { tasks }] = await Promise.all([
    history.overview({ windowMs: 900_000 }),
    listQueues(bus),
    history.listWorkers({ online: true }),
    history.listTasks({ state: "STARTED", limit: 50 }),
  ]);
  const running = tasks
    .map(({ id, worker, started, progress }) => ({ id, worker, startedAt: started, progress }))
    .sort((a, b) => (a.startedAt ?? Number.MAX_VALUE) - (b.startedAt ?? Number.MAX_VALUE));
  return { at: Date.now(), overview, queues, workers, running };
}
