import { learnRounds } from "../learners/learn-rounds.ts";
import {
  type Softmax,
  type SoftmaxOptions,
  type SoftmaxState,
  softmaxEpoch,
  startSoftmax,
} from "../learners/softmax.ts";
import type { TrainOptions } from "../types.ts";

/** Examples of a classifier; `aside` are kept from the trial, to say how well it went. */
export interface SoftmaxExamples {
  rows: Float32Array[];
  labels: ArrayLike<number>;
  importance: Float32Array;
  aside: ArrayLike<number>;
  classes: number;
}

export interface SoftmaxTask extends Omit<SoftmaxOptions, "seed" | "rate"> {
  /** What a checkpoint belongs to. */
  key: string;
  /** Passes over the examples, each time. */
  rounds: number;
  /** Length of a step, by pass. */
  rate: (pass: number) => number;
  /** Part of the training's progress that this takes. */
  span: [number, number];
}

/**
 * Learns a classifier twice: without what is kept aside, for honest figures, then on everything.
 * @returns the trial, which never saw what is kept aside, and the model
 */
export async function softmaxTwice(
  examples: SoftmaxExamples,
  task: SoftmaxTask,
  options: TrainOptions,
): Promise<{ trial: Softmax; model: Softmax }> {
  const { rows, labels, importance, aside, classes } = examples;
  const { rounds, l2, prior, span } = task;
  const without = importance.map((weight, i) => (aside[i] ? 0 : weight));
  const start = () => startSoftmax(classes, rows[0]!.length, prior);
  const { trial, final } = await learnRounds<{ trial: SoftmaxState; final: SoftmaxState }>(options, {
    key: task.key,
    rounds: 2 * rounds,
    start: () => ({ trial: start(), final: start() }),
    step(state, round) {
      const pass = round % rounds;
      const learned = { seed: options.seed, l2, rate: task.rate(pass), ...(prior && { prior }) };
      if (round < rounds) softmaxEpoch(state.trial, rows, labels, without, pass, learned);
      else softmaxEpoch(state.final, rows, labels, importance, pass, learned);
      return false;
    },
    span,
    note: (round) => `${round < rounds ? "trial" : "model"}: pass ${(round % rounds) + 1} of ${rounds}`,
  });
  return { trial: trial.model, model: final.model };
}
