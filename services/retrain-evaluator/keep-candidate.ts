import type { Bus } from "#shared/bus";
import { Refusal } from "#shared/errors";
import type { Evaluation, ModelName, Promotion, RetrainEvaluated } from "#shared/messages";
import { addModel, promoteModel, showModel } from "#shared/models";
import type { StageArtifacts } from "#shared/stage";

export interface KeepOptions {
  run: Pick<RetrainEvaluated, "uid" | "by" | "dataset">;
  model: ModelName;
  evaluation: Evaluation;
}

/**
 * Stores a candidate as a version, and makes it live when it was found better and nobody has changed what is live since. Doing
 * it twice is harmless: a run adds one version of a model, and what it has promoted stays promoted.
 */
export async function keepCandidate(
  bus: Bus,
  artifacts: StageArtifacts,
  { run, model, evaluation }: KeepOptions,
): Promise<Promotion> {
  const { candidate, better, liveVersion } = evaluation;
  const kept = { promoted: false, version: null, previous: liveVersion, reason: evaluation.reason };
  if (!candidate) return kept;
  const actor = { by: "retraining", reason: `run ${run.uid}: ${evaluation.reason}`.slice(0, 1000) };
  try {
    const before = await showModel(bus, model);
    const own = before.versions.find(({ lineage }) => lineage.run === run.uid);
    const version =
      own?.version ??
      (
        await addModel(
          bus,
          model,
          { bytes: await artifacts.get(candidate.artifacts["model.onnx"]!) },
          {
            ...actor,
            run: run.uid,
            dataset: run.dataset.version,
            metrics: { ...candidate.metrics, ...evaluation.metrics },
            trainer: candidate.trainer,
            ...(evaluation.score === null ? {} : { score: evaluation.score }),
            ...(liveVersion === null ? {} : { parent: liveVersion }),
          },
        )
      ).version;
    if (!better) return { ...kept, version };
    const now = await showModel(bus, model);
    if (now.live !== version)
      // What it was compared with must still be what is live.
      await promoteModel(bus, model, { ...actor, version, expected: liveVersion });
    return { ...kept, promoted: true, version };
  } catch (error) {
    // Somebody was faster, or the file is no model after all: told, and nothing is changed.
    if (!(error instanceof Refusal)) throw error;
    const { versions } = await showModel(bus, model);
    const version = versions.find(({ lineage }) => lineage.run === run.uid)?.version ?? null;
    return { ...kept, version, reason: `not promoted: ${error.message}`.slice(0, 1000) };
  }
}
