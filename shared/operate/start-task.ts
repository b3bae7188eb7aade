import { type Bus, LostRace, toRaw } from "#shared/bus";
import type { Stage } from "#shared/pipeline";
import { newTraceparent } from "#shared/telemetry";
import { type Actor, audit, signed } from "./audit.ts";
import { checkUid } from "./check-uid.ts";
import { mintUid } from "./mint-uid.ts";
import { pipelineNamed } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";
import { publishInTurn } from "./retrain/publish-in-turn.ts";

export interface Started {
  /** Id of the task: `<stage>.<uid>`. */
  task: string;
  uid: string;
  /** Stream sequence of its message. */
  seq: number;
}

/**
 * Starts a new run at a stage: publishes the message the stage takes. At the first stage that is a run from its beginning,
 * at a later one a run of what comes from there on.
 * @param message the message's body; without `uid` it gets one
 * @throws Refusal `PART_OF_RUN`, `INVALID_MESSAGE`, `BAD_UID`, `UID_TAKEN`, `RUN_ALREADY_GOING`
 */
export async function startTask(
  bus: Bus,
  stage: Stage,
  message: Record<string, unknown>,
  actor: Actor,
): Promise<Started> {
  if (stage.join || stage.lost !== undefined)
    throw new Refusal(
      "invalid",
      "PART_OF_RUN",
      `tasks of ${stage.name} are parts of a run and start with it`,
    );
  const pipeline = pipelineNamed(stage.pipeline);
  const uid = message.uid === undefined ? mintUid() : checkUid(String(message.uid));
  const { type, body } = readable(stage, { ...message, uid });
  try {
    const message = { type, id: uid, body, expectLast: 0, traceparent: newTraceparent() };
    const beginning = { run: uid, type, generation: 0 };
    const { seq } = await publishInTurn(bus, pipeline, toRaw(bus, pipeline, message), beginning);
    await audit(bus, { action: "start", target: `${stage.name}.${uid}`, ...signed(actor) });
    return { task: `${stage.name}.${uid}`, uid, seq };
  } catch (error) {
    if (error instanceof LostRace)
      throw new Refusal("conflict", "UID_TAKEN", `there is a ${type}.${uid} already`);
    throw error;
  }
}

/** The first message the stage takes that the body can be. */
function readable(stage: Stage, message: Record<string, unknown>): { type: string; body: unknown } {
  const { messages } = pipelineNamed(stage.pipeline);
  const faults: string[] = [];
  for (const type of stage.takes) {
    const spec = messages[type];
    const result = spec?.schema.safeParse(message);
    if (result?.success) return { type, body: result.data };
    for (const { path, message: fault } of result?.error.issues.slice(0, 5) ?? [])
      faults.push(`${type}: ${path.join(".") || "message"}: ${fault}`);
  }
  throw new Refusal(
    "invalid",
    "INVALID_MESSAGE",
    `stage ${stage.name} cannot take that: ${faults.join("; ")}`,
  );
}
