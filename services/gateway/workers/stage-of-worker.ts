import { allStages, Refusal } from "#shared/operate";
import type { Gateway } from "../context.ts";

/**
 * The stage a worker works on: as the tracker heard from it, else by its name, which begins with its stage's.
 * @throws Refusal `WORKER_NOT_FOUND`
 */
export async function stageOfWorker(gateway: Gateway, worker: string): Promise<string> {
  const known = await (await gateway.history())
    .listWorkers()
    .then(({ workers }) => workers.find((each) => each.worker === worker)?.stage)
    .catch(() => undefined);
  if (known !== undefined) return known;
  const names = allStages()
    .map(({ name }) => name)
    .filter((name) => worker.startsWith(`${name}-`));
  const longest = names.sort((a, b) => b.length - a.length)[0];
  if (longest !== undefined) return longest;
  throw new Refusal("missing", "WORKER_NOT_FOUND", `there is no worker "${worker.slice(0, 100)}"`);
}
