import { type Bus, Header, LostRace, publishMessage } from "#shared/bus";
import { diagramPipeline } from "#shared/pipeline";
import { inSpan } from "#shared/telemetry";
import { audit } from "./audit.ts";
import { Refusal } from "./refusal.ts";
import { eventOf, readRun } from "./run-events.ts";
import { parseTask } from "./task-id.ts";

export interface Revoked {
  uid: string;
  seq: number;
}

/**
 * Ends a diagram: its running attempt is killed, waiting ones never start.
 * @param target a uid, or a task id (`<stage>.<uid>`), whose diagram is meant when that task is the one to come or running
 * @throws Refusal `RUN_NOT_FOUND`, `ALREADY_FINISHED`, `BAD_TASK`, `TASK_OVER`
 */
export async function revoke(
  bus: Bus,
  target: string,
  options: { by: string; reason?: string },
): Promise<Revoked> {
  const task = target.includes(".") ? parseTask(diagramPipeline, target) : undefined;
  const uid = task?.run ?? target;
  const run = await readRun(bus, diagramPipeline, uid);
  if (run.last.spec.final)
    throw new Refusal(
      "conflict",
      "ALREADY_FINISHED",
      `diagram "${uid}" is over: its state is ${run.last.spec.state}`,
    );
  if (task && !(task.stage.takes.includes(run.last.type) && task.generation === run.generation))
    throw new Refusal(
      "conflict",
      "TASK_OVER",
      `task ${target} is not running: diagram "${uid}" is ${run.last.spec.state}`,
    );
  try {
    const span = {
      name: "revoke",
      kind: "producer",
      parent: run.last.headers.get(Header.traceparent) || undefined,
      attributes: () => ({ "penstock.run": uid }),
    } as const;
    const { seq } = await inSpan(span, ({ traceparent }) =>
      publishMessage(bus, diagramPipeline, {
        type: diagramPipeline.revoked,
        id: uid,
        body: { uid, by: options.by, reason: options.reason ?? "" },
        generation: run.generation,
        cause: run.last.seq,
        expectLast: eventOf(run, diagramPipeline.revoked)?.seq ?? 0,
        traceparent,
      }),
    );
    await audit(bus, { action: "revoke", target, by: options.by, reason: options.reason ?? "" });
    return { uid, seq };
  } catch (error) {
    if (error instanceof LostRace)
      throw new Refusal(
        "conflict",
        "ALREADY_FINISHED",
        `diagram "${uid}" was revoked by somebody else just now`,
      );
    throw error;
  }
}
