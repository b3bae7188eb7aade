import { Packr } from "msgpackr";
import type { TrainOptions } from "../types.ts";

/** A checkpoint at least this often, ms: what a killed trainer loses. */
const SAVE_MS = 15_000;
const packr = new Packr({ structuredClone: true, useRecords: false });

export interface Rounds<S> {
  /** Says what a checkpoint belongs to: dataset, seed, trainer and its settings. */
  key: string;
  rounds: number;
  /** What learning begins with, where no checkpoint fits. */
  start(): S;
  /** Learns one round; all randomness comes from the seed and the round. True ends early. */
  step(state: S, round: number): unknown;
  /** Part of the training's progress that this takes. @default [0, 1] */
  span?: [number, number];
  note?: (round: number) => string;
}

/**
 * Runs rounds of learning that can be stopped: between rounds the event loop turns, so that an abort arrives; then the state is
 * saved and the reason thrown. A later attempt goes on from there and ends with the same state as an uninterrupted one.
 */
export async function learnRounds<S>(options: TrainOptions, rounds: Rounds<S>): Promise<S> {
  const [from, to] = rounds.span ?? [0, 1];
  const restored = readCheckpoint<S>(options.checkpoint, rounds.key);
  const state = restored?.state ?? rounds.start();
  let done = restored?.done ?? 0;
  let ended = restored?.ended ?? false;
  let savedAt = Date.now();
  const save = () => options.saveCheckpoint(packr.pack({ key: rounds.key, done, ended, state }));
  for (; done < rounds.rounds && !ended; done++) {
    await new Promise((resolve) => setImmediate(resolve));
    if (options.signal.aborted) {
      await save();
      throw options.signal.reason;
    }
    ended = rounds.step(state, done) === true;
    options.progress(from + ((to - from) * (done + 1)) / rounds.rounds, rounds.note?.(done));
    if (Date.now() - savedAt < SAVE_MS) continue;
    await options.saveCheckpoint(packr.pack({ key: rounds.key, done: done + 1, ended, state }));
    savedAt = Date.now();
  }
  return state;
}

interface Checkpoint<S> {
  key: string;
  done: number;
  ended: boolean;
  state: S;
}

/** A checkpoint of the same training; one that cannot be read costs only the time it would have saved. */
function readCheckpoint<S>(bytes: Uint8Array | undefined, key: string): Checkpoint<S> | undefined {
  if (!bytes) return undefined;
  try {
    const checkpoint = packr.unpack(bytes) as Checkpoint<S>;
    return checkpoint.key === key ? checkpoint : undefined;
  } catch {
    return undefined;
  }
}
