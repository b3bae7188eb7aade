import { PenstockError } from "#shared/errors";
import type { WorkerRow } from "#shared/history";
import { type Actor, type ControlReply, control, Refusal } from "#shared/operate";
import type { Gateway } from "../context.ts";
import { HttpProblem } from "../http/problem.ts";

/** A worker the tracker has heard of. @throws HttpProblem `WORKER_NOT_FOUND` */
export async function knownWorker(gateway: Gateway, name: string): Promise<WorkerRow> {
  const { workers } = await (await gateway.history()).listWorkers();
  const worker = workers.find((each) => each.worker === name);
  if (worker) return worker;
  throw new HttpProblem(404, "WORKER_NOT_FOUND", `Unknown worker '${name.slice(0, 100)}'`);
}

/** Tells one worker something; its refusal and its silence are 403 with Flower's beginning of the sentence. */
export async function tellWorker(
  gateway: Gateway,
  worker: WorkerRow,
  verb: string,
  args: Record<string, unknown>,
  actor: Actor,
  failed: string,
): Promise<ControlReply> {
  try {
    const request = { ...args, worker: worker.worker };
    const [reply = {}] = await control(await gateway.bus(), worker.stage, verb, request, actor);
    return reply;
  } catch (error) {
    const silent = error instanceof PenstockError && error.code === "NO_WORKERS";
    if (!silent && !(error instanceof Refusal)) throw error;
    throw new HttpProblem(403, error.code, `${failed}: ${error.message}`);
  }
}
