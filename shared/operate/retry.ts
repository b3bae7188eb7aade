import { type Bus, Header, LostRace, messageAt, publishMessage } from "#shared/bus";
import { diagramPipeline, type Pipeline, type Stage } from "#shared/pipeline";
import { inSpan } from "#shared/telemetry";
import { audit } from "./audit.ts";
import { hasDeadLetter } from "./dead/read.ts";
import { Refusal } from "./refusal.ts";
import { eventOf, type RunEvent, type RunNow, readRun, toRunEvent } from "./run-events.ts";

export interface Retried {
  uid: string;
  /** Stage that runs again. */
  stage: string;
  generation: number;
  seq: number;
}

/**
 * Runs a diagram again from the stage that failed, or from a given one: that stage's input message is published once
 * more with the next generation, which everything after it carries.
 * @throws Refusal `RUN_NOT_FOUND`, `STILL_RUNNING`, `STAGE_UNKNOWN`, `STAGE_NOT_REACHED`
 */
export async function retry(bus: Bus, uid: string, options: { from?: string; by: string }): Promise<Retried> {
  const run = await readRun(bus, diagramPipeline, uid);
  const over = run.last.spec.final || run.last.spec.waits;
  if (!over && !(await hasDeadLetter(bus, diagramPipeline.name, uid)))
    throw new Refusal(
      "conflict",
      "STILL_RUNNING",
      `diagram "${uid}" is ${run.last.spec.state} and still runs; revoke it first`,
    );
  const stage = options.from === undefined ? stageToRetry(run) : stageNamed(options.from);
  const input = await inputOf(bus, run, stage);
  const generation = run.generation + 1;
  try {
    const span = {
      name: "retry",
      kind: "producer",
      parent: input.headers.get(Header.traceparent) || undefined,
      attributes: () => ({ "penstock.run": uid }),
    } as const;
    const { seq } = await inSpan(span, ({ traceparent }) =>
      publishMessage(bus, diagramPipeline, {
        type: input.type,
        id: uid,
        body: { ...input.body(), uid },
        generation,
        cause: run.last.seq,
        expectLast: input.expectLast,
        traceparent,
      }),
    );
    await audit(bus, { action: "retry", target: `${stage.name}.${uid}`, by: options.by });
    return { uid, stage: stage.name, generation, seq };
  } catch (error) {
    if (error instanceof LostRace)
      throw new Refusal(
        "conflict",
        "STILL_RUNNING",
        `diagram "${uid}" was retried by somebody else just now`,
      );
    throw error;
  }
}

function stageNamed(name: string): Stage {
  const stage = diagramPipeline.stages[name as keyof typeof diagramPipeline.stages];
  if (stage) return stage;
  throw new Refusal(
    "invalid",
    "STAGE_UNKNOWN",
    `there is no stage "${name.slice(0, 60)}"; stages are ${Object.keys(diagramPipeline.stages).join(", ")}`,
  );
}

/** The stage that ended the run: named by the failure, else the one whose input is the last thing that happened. */
function stageToRetry(run: RunNow): Stage {
  const failed = run.last.type === diagramPipeline.failed ? run.last.body().error_stage : undefined;
  if (typeof failed === "string") return stageNamed(failed);
  const progress = run.events.filter(
    (event) => ![diagramPipeline.failed, diagramPipeline.revoked].includes(event.type as never),
  );
  for (const event of progress.reverse()) {
    const stage = Object.values(diagramPipeline.stages).find((each) => each.takes.includes(event.type));
    if (stage && !event.spec.final) return stage;
  }
  return diagramPipeline.stages.ingest;
}

/** The message a stage worked on, and the sequence its subject has now. */
async function inputOf(bus: Bus, run: RunNow, stage: Stage): Promise<RunEvent & { expectLast: number }> {
  for (const type of stage.takes) {
    const event = eventOf(run, type);
    if (event) return { ...event, expectLast: event.seq };
    const anonymous = await anonymousInput(bus, run, type);
    if (anonymous) return { ...anonymous, expectLast: 0 };
  }
  throw new Refusal(
    "conflict",
    "STAGE_NOT_REACHED",
    `diagram "${run.uid}" has never reached stage ${stage.name}: it has no ${stage.takes.join(" or ")} message`,
  );
}

/** A message published on the bare subject, without an id: found by the cause its first result names. */
async function anonymousInput(bus: Bus, run: RunNow, type: string): Promise<RunEvent | undefined> {
  const pipeline: Pipeline = diagramPipeline;
  if (!pipeline.messages[type]?.anonymous) return undefined;
  for (const event of run.events) {
    const cause = Number(event.headers.get(Header.cause));
    const message = cause > 0 ? await messageAt(bus, diagramPipeline.stream, cause) : null;
    if (message?.subject === type) return toRunEvent(diagramPipeline, type, message);
  }
  return undefined;
}
