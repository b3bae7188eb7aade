import { type Bus, lastMessage } from "#shared/bus";
import { decodeBody } from "#shared/codec";
import { RetrainTurn } from "#shared/messages";
import { retrainPipeline } from "#shared/pipeline";
import { Refusal } from "../refusal.ts";
import { readRun } from "../run-events.ts";

/** Whose turn it is to train. */
export interface Turn {
  /** Sequence of the last turn taken, 0 for none: taking the next must expect it. */
  seq: number;
  /** The run that has it, while it is going. */
  going: { run: string; state: string } | null;
}

/** Reads from the stream's leader which run is being trained. */
export async function readTurn(bus: Bus): Promise<Turn> {
  const message = await lastMessage(bus, retrainPipeline.stream, "retrain.turn");
  if (!message) return { seq: 0, going: null };
  const turn = RetrainTurn.safeParse(
    decodeBody(message.data, message.headers.get("Content-Type") || undefined),
  );
  // What somebody published by hand and names no run keeps nobody from training.
  if (!turn.success) return { seq: message.seq, going: null };
  const { uid } = turn.data;
  try {
    const { last } = await readRun(bus, retrainPipeline, uid);
    return { seq: message.seq, going: last.spec.final ? null : { run: uid, state: last.spec.state } };
  } catch (error) {
    // Removed with its messages: it goes no more.
    if (!(error instanceof Refusal)) throw error;
    return { seq: message.seq, going: null };
  }
}

/** Why another run may not start. */
export const alreadyGoing = ({ run, state }: { run: string; state: string }): string =>
  `run "${run}" is still going: it is ${state}; wait for its end or revoke it`;
