import {
  type Binned,
  type Boosted,
  type BoostOptions,
  binRows,
  growTree,
  type Loss,
  marginOf,
  respond,
  startBoosted,
} from "../learners/boost.ts";
import { learnRounds } from "../learners/learn-rounds.ts";
import { derive, seeded } from "../learners/random.ts";
import type { TrainOptions } from "../types.ts";

/** Examples for boosting; `aside` are kept to choose the number of trees by. */
export interface BoostExamples {
  rows: Float32Array[];
  targets: Float32Array;
  importance: Float32Array;
  aside: Uint8Array;
}

export interface BoostTask extends BoostOptions {
  /** What a checkpoint belongs to. */
  key: string;
  loss: Loss;
  rounds: number;
}

interface State {
  /** Grown without the examples kept aside, to learn when to stop. */
  trial: Boosted;
  trialMargins: Float32Array;
  asideLoss: number[];
  /** Grown on everything, with as many trees as the trial did best with. */
  final: Boosted;
  finalMargins: Float32Array;
}

export interface BoostResult {
  model: Boosted;
  /** Margins of the trial model for the examples kept aside, in their order: honest, it never saw them. */
  asideMargins: Float32Array;
  asideLoss: number;
}

/** Rounds without a better loss after which the trial ends. */
const PATIENCE = 25;

/** Learns trees twice: once without what is kept aside, to find how many are best, then as many on everything. */
export async function boost(
  examples: BoostExamples,
  task: BoostTask,
  options: TrainOptions,
): Promise<BoostResult> {
  const { targets, aside } = examples;
  const trialImportance = examples.importance.map((weight, i) => (aside[i] ? 0 : weight));
  const data = binRows(examples.rows);
  const best = (losses: readonly number[]) => losses.indexOf(Math.min(...losses)) + 1;
  const state = await learnRounds<State>(options, {
    key: task.key,
    rounds: 2 * task.rounds,
    start: () => {
      const trial = startBoosted(task.loss, targets, trialImportance);
      const final = startBoosted(task.loss, targets, examples.importance);
      const filled = (value: number) => new Float32Array(targets.length).fill(value);
      return {
        trial,
        trialMargins: filled(trial.base),
        asideLoss: [],
        final,
        finalMargins: filled(final.base),
      };
    },
    step(state, round) {
      const { trial, final, asideLoss } = state;
      const trying = round < task.rounds;
      if (trying) {
        if (asideLoss.length - best(asideLoss) >= PATIENCE) return false;
        grow(trial, data, trialImportance, state.trialMargins, round);
        asideLoss.push(lossOf(task.loss, state.trialMargins, examples));
        return false;
      }
      grow(final, data, examples.importance, state.finalMargins, round);
      return final.trees.length >= best(asideLoss);
    },
    note: (round) => (round < task.rounds ? `trial tree ${round + 1}` : `tree ${round - task.rounds + 1}`),
  });
  const trial = { ...state.trial, trees: state.trial.trees.slice(0, best(state.asideLoss)) };
  const kept = examples.rows.filter((_, i) => aside[i]);
  return {
    model: state.final,
    asideMargins: Float32Array.from(kept, (row) => marginOf(trial, row)),
    asideLoss: Math.min(...state.asideLoss),
  };

  function grow(
    model: Boosted,
    binned: Binned,
    importance: Float32Array,
    margins: Float32Array,
    round: number,
  ) {
    growTree(model, binned, targets, importance, margins, seeded(derive(options.seed, round)), task);
  }
}

/** Mean loss of the examples kept aside; where a dataset is too small for that, of all. */
function lossOf(loss: Loss, margins: Float32Array, { targets, importance, aside }: BoostExamples): number {
  let [sum, mass] = [0, 0];
  const all = !aside.includes(1);
  for (let i = 0; i < margins.length; i++) {
    if (!all && !aside[i]) continue;
    const predicted = respond(loss, margins[i]!);
    const [y, w] = [targets[i]!, importance[i]!];
    mass += w;
    sum +=
      loss === "poisson"
        ? w * (predicted - y * Math.log(predicted + 1e-9))
        : -w * Math.log(Math.max(1e-7, y ? predicted : 1 - predicted));
  }
  return mass > 0 ? sum / mass : 0;
}
