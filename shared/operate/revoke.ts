import { type Bus, Header, LostRace, publishMessage } from "#shared/bus";
import { diagramPipeline, type Pipeline } from "#shared/pipeline";
import { inSpan } from "#shared/telemetry";
import { type Actor, audit, signed } from "./audit.ts";
import { runWord } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";
import { eventOf, type RunNow, readRun } from "./run-events.ts";
import { type NamedTask, taskNamed } from "./task-id.ts";

export interface Revoked {
  uid: string;
  /** Stream sequence of the revoked event; 0 when it was only asked whether it could be. */
  seq: number;
}

export interface RevokeOptions extends Actor {
  /** Of a uid; a task id names its own. @default the diagram pipeline */
  pipeline?: Pipeline;
  /** Only says whether it could be done. */
  dryRun?: boolean;
}

/**
 * Ends a diagram or another run: its running attempts are killed, waiting ones never start.
 * @param target a uid, or a task id (`<stage>.<uid>`), whose run is meant when that task is the one to come or running
 * @throws Refusal `RUN_NOT_FOUND`, `ALREADY_FINISHED`, `BAD_TASK`, `TASK_OVER`
 */
export async function revoke(bus: Bus, target: string, options: RevokeOptions): Promise<Revoked> {
  const task = target.includes(".") ? taskNamed(target) : undefined;
  const pipeline: Pipeline = task?.pipeline ?? options.pipeline ?? diagramPipeline;
  const uid = task?.run ?? target;
  const run = await readRun(bus, pipeline, uid);
  if (run.last.spec.final)
    throw new Refusal(
      "conflict",
      "ALREADY_FINISHED",
      `${runWord(pipeline)} "${uid}" is over: its state is ${run.last.spec.state}`,
    );
  if (task && !isUnderWay(run, task))
    throw new Refusal(
      "conflict",
      "TASK_OVER",
      `task ${target} is not running: ${runWord(pipeline)} "${uid}" is ${run.last.spec.state}`,
    );
  if (options.dryRun) return { uid, seq: 0 };
  try {
    const span = {
      name: "revoke",
      kind: "producer",
      parent: run.last.headers.get(Header.traceparent) || undefined,
      attributes: () => ({ "penstock.run": uid }),
    } as const;
    const { seq } = await inSpan(span, ({ traceparent }) =>
      publishMessage(bus, pipeline, {
        type: pipeline.revoked,
        id: uid,
        body: { uid, by: options.by, reason: options.reason ?? "" },
        generation: run.generation,
        cause: run.last.seq,
        expectLast: eventOf(run, pipeline.revoked)?.seq ?? 0,
        traceparent,
      }),
    );
    await audit(bus, { action: "revoke", target, ...signed(options) });
    return { uid, seq };
  } catch (error) {
    if (error instanceof LostRace)
      throw new Refusal(
        "conflict",
        "ALREADY_FINISHED",
        `${runWord(pipeline)} "${uid}" was revoked by somebody else just now`,
      );
    throw error;
  }
}

/** True when a task is the one to come or running. Parts of a run are under way from their plan to their join. */
function isUnderWay({ pipeline, last, generation }: RunNow, { stage, ...task }: NamedTask): boolean {
  if (task.generation !== generation) return false;
  if (task.part === undefined) return stage.takes.includes(last.type);
  return Object.values(pipeline.stages).some(({ join }) => join?.planned === last.type);
}
