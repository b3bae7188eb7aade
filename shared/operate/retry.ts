import { type Bus, Header, LostRace, toRaw } from "#shared/bus";
import { validate } from "#shared/codec";
import { diagramPipeline, type Pipeline, type Stage } from "#shared/pipeline";
import { inSpan } from "#shared/telemetry";
import { type Actor, audit, signed } from "./audit.ts";
import { hasDeadLetter } from "./dead/read.ts";
import { runWord } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";
import { publishInTurn } from "./retrain/publish-in-turn.ts";
import { type RunNow, readRun } from "./run-events.ts";
import { inputOf } from "./stage-input.ts";

export interface Retried {
  uid: string;
  /** Stage that runs again. */
  stage: string;
  generation: number;
  /** Stream sequence of the message sent again; 0 when it was only asked whether it could be. */
  seq: number;
}

export interface RetryOptions extends Actor {
  /** @default the diagram pipeline */
  pipeline?: Pipeline;
  /** Stage to begin with. @default the one that failed */
  from?: string;
  /** The stage's input message as a person edited it; what the runtime keeps in it (`uid`) stays as it was. */
  body?: Record<string, unknown>;
  /** Only says whether it could be done. */
  dryRun?: boolean;
}

/**
 * Runs a diagram or another run again from the stage that failed, or from a given one: that stage's input message, as it
 * was or edited, is published once more with the next generation, which everything after it carries.
 * @throws Refusal `RUN_NOT_FOUND`, `STILL_RUNNING`, `STAGE_UNKNOWN`, `STAGE_NOT_REACHED`, `RUN_ALREADY_GOING` (another run
 * has the turn); PoisonError `INVALID_MESSAGE` (edited body)
 */
export async function retry(bus: Bus, uid: string, options: RetryOptions): Promise<Retried> {
  const pipeline: Pipeline = options.pipeline ?? diagramPipeline;
  const run = await readRun(bus, pipeline, uid);
  await refuseRunning(bus, run);
  const stage = options.from === undefined ? stageToRetry(run) : stageNamed(pipeline, options.from);
  const input = await inputOf(bus, run, stage);
  const generation = run.generation + 1;
  // An anonymous message gets its id here; the id of any other cannot be edited away.
  const body = { ...(options.body ?? input.body()), uid };
  if (options.body !== undefined) validate(input.spec.schema, body, input.type);
  if (options.dryRun) return { uid, stage: stage.name, generation, seq: 0 };
  try {
    const span = {
      name: "retry",
      kind: "producer",
      parent: input.headers.get(Header.traceparent) || undefined,
      attributes: () => ({ "penstock.run": uid }),
    } as const;
    const { seq } = await inSpan(span, ({ traceparent }) =>
      publishInTurn(
        bus,
        pipeline,
        toRaw(bus, pipeline, {
          type: input.type,
          id: uid,
          body,
          generation,
          cause: run.last.seq,
          expectLast: input.expectLast,
          traceparent,
        }),
        { run: uid, type: input.type, generation },
      ),
    );
    const edited = options.body === undefined ? {} : { details: { body: options.body } };
    await audit(bus, { action: "retry", target: `${stage.name}.${uid}`, ...signed(options), ...edited });
    return { uid, stage: stage.name, generation, seq };
  } catch (error) {
    if (error instanceof LostRace)
      throw new Refusal(
        "conflict",
        "STILL_RUNNING",
        `${runWord(pipeline)} "${uid}" was retried by somebody else just now`,
      );
    throw error;
  }
}

async function refuseRunning(bus: Bus, { pipeline, uid, last }: RunNow): Promise<void> {
  if (last.spec.final || last.spec.waits || (await hasDeadLetter(bus, pipeline.name, uid))) return;
  throw new Refusal(
    "conflict",
    "STILL_RUNNING",
    `${runWord(pipeline)} "${uid}" is ${last.spec.state} and still runs; revoke it first`,
  );
}

function stageNamed(pipeline: Pipeline, name: string): Stage {
  const stage = Object.hasOwn(pipeline.stages, name) ? pipeline.stages[name] : undefined;
  if (stage) return stage;
  throw new Refusal(
    "invalid",
    "STAGE_UNKNOWN",
    `there is no stage "${name.slice(0, 60)}"; stages are ${Object.keys(pipeline.stages).join(", ")}`,
  );
}

/** The stage that ended the run: named by the failure, else the one whose input is the last thing that happened. */
function stageToRetry({ pipeline, last, events }: RunNow): Stage {
  const stages = Object.values(pipeline.stages);
  const failed = last.type === pipeline.failed ? last.body().error_stage : undefined;
  if (typeof failed === "string") return wholeRun(pipeline, stageNamed(pipeline, failed));
  const progress = events.filter(({ type }) => type !== pipeline.failed && type !== pipeline.revoked);
  for (const event of progress.reverse()) {
    const stage = stages.find((each) => each.takes.includes(event.type));
    if (stage && !event.spec.final) return wholeRun(pipeline, stage);
  }
  return stages[0] as Stage;
}

/** Parts of a run are made and joined together: one that failed, or their join, is begun again where they were planned. */
function wholeRun(pipeline: Pipeline, stage: Stage): Stage {
  if (!stage.join && stage.lost === undefined) return stage;
  const taken = stage.join?.task ?? stage.takes[0];
  return Object.values(pipeline.stages).find(({ gives }) => gives.includes(taken as string)) ?? stage;
}
