import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toFailure } from "#shared/errors";
import { openModel } from "#shared/inference";
import { type Dataset, type Scored, TRAINERS, type Trainer } from "#shared/learn";
import type { Evaluation, ModelName, RetrainTrained } from "#shared/messages";
import { checkModel } from "#shared/models";
import type { StageContext } from "#shared/stage";
import { type Rival, verdict } from "./verdict.ts";

export interface JudgeOptions {
  model: ModelName;
  candidate: RetrainTrained | null;
  /** Why there is no candidate. */
  lost: string;
  holdout: Dataset;
  standardErrors: number;
  context: Pick<StageContext, "artifacts" | "models">;
}

/**
 * Judges one model of a run. What cannot be scored is not better, and its reason says why; only what may be otherwise at
 * the next attempt (a store that cannot be reached) is thrown.
 */
export async function judge(options: JudgeOptions): Promise<Evaluation> {
  const { model, candidate, context } = options;
  const evaluation: Evaluation = {
    score: null,
    liveScore: null,
    liveVersion: null,
    better: false,
    reason: options.lost.slice(0, 1000),
    metrics: {},
    candidate,
  };
  if (!candidate) return evaluation;
  if (!Object.hasOwn(TRAINERS, model))
    return {
      ...evaluation,
      reason: `nothing here scores a ${model}: look at its metrics and promote it by hand`,
      metrics: candidate.metrics,
    };
  const trainer = TRAINERS[model as keyof typeof TRAINERS];
  try {
    const scored = await scoreCandidate(trainer, candidate, options);
    const { liveVersion, liveScore, rival } = await findRival(trainer, model, options);
    const judged = verdict(scored, rival, options.standardErrors);
    const { better, reason } = judged;
    return {
      ...evaluation,
      score: scored.score,
      liveScore,
      liveVersion,
      better,
      reason: reason.slice(0, 1000),
      metrics: scored.metrics,
    };
  } catch (error) {
    const failure = toFailure(error);
    if (failure.kind === "retryable") throw error;
    const { liveVersion } = { liveVersion: context.models.used()[model] ?? null };
    return { ...evaluation, liveVersion, reason: `it cannot be scored: ${failure.message}`.slice(0, 1000) };
  }
}

/** Tries the candidate's file in a process of its own, then scores it. */
async function scoreCandidate(
  trainer: Trainer,
  candidate: RetrainTrained,
  { holdout, context, model }: JudgeOptions,
): Promise<Scored> {
  const folder = await mkdtemp(join(tmpdir(), "penstock-candidate-"));
  try {
    const path = join(folder, "model.onnx");
    await writeFile(path, await context.artifacts.get(candidate.artifacts["model.onnx"]!));
    await checkModel(model, path);
    await using opened = await openModel({ path, input: trainer.input, output: trainer.output, threads: 1 });
    return await trainer.score(opened, holdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The live model's score; where nothing is live, or it cannot be scored, that of the naive way. */
async function findRival(
  trainer: Trainer,
  model: ModelName,
  { holdout, context }: JudgeOptions,
): Promise<{ liveVersion: string | null; liveScore: number | null; rival: Rival }> {
  const live = await context.models.openIfAny(model, { threads: 1 });
  const liveVersion = live ? (context.models.used()[model] ?? null) : null;
  if (live) {
    const scored = await trainer.score(live, holdout);
    return { liveVersion, liveScore: scored.score, rival: { name: `live ${liveVersion}`, scored } };
  }
  const naive = await trainer.baseline(holdout);
  return { liveVersion, liveScore: null, rival: { name: `the naive way (${naive.name})`, scored: naive } };
}
