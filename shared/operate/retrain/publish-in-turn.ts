import { type Bus, publishBatch, publishRaw, type RawMessage, type StoredAt, toRaw } from "#shared/bus";
import { Uid } from "#shared/messages";
import type { Pipeline } from "#shared/pipeline";
import { Refusal } from "../refusal.ts";
import { alreadyGoing, readTurn } from "./going.ts";

/** The run a message begins again, and the type of that message. */
export interface Beginning {
  run: string;
  type: string;
  generation: number;
}

/**
 * Publishes a message that sets a run going. Where only one run of a pipeline may go at a time, it takes the turn in the
 * same batch: a run that begins again behind its plan would overlap with the one that has been planned since.
 * @throws Refusal `RUN_ALREADY_GOING`; LostRace as `publishRaw`, also when somebody took the turn just now
 */
export async function publishInTurn(
  bus: Bus,
  pipeline: Pipeline,
  message: RawMessage,
  { run, type, generation }: Beginning,
): Promise<StoredAt> {
  const turnType = Object.keys(pipeline.messages).find((each) => pipeline.messages[each]?.single);
  if (turnType === undefined) return publishRaw(bus, message);
  const { seq, going } = await readTurn(bus);
  if (going && going.run !== run) throw new Refusal("conflict", "RUN_ALREADY_GOING", alreadyGoing(going));
  const planner = Object.values(pipeline.stages).find(({ gives }) => gives.includes(turnType));
  // Whoever plans takes the turn with the plan; what belongs to no run needs none.
  if (planner?.takes.includes(type) || !Uid.safeParse(run).success) return publishRaw(bus, message);
  const turn = toRaw(bus, pipeline, {
    ...{ type: turnType, id: run, body: { uid: run }, generation, expectLast: seq },
    // The plan of this generation, should there be one, takes it under an id of its own.
    messageId: `${turnType}.${run}.g${generation}.${message.messageId}`,
  });
  return publishBatch(bus, [turn, message]);
}
