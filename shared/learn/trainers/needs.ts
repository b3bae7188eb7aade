import type { DatasetCounts, DatasetVersion } from "../dataset/types.ts";
import type { ModelName } from "../types.ts";

interface Need {
  of: keyof DatasetCounts;
  what: string;
  /** Fewest to learn from, and fewest held out to be judged by. */
  train: number;
  holdout: number;
}

/** What each model needs at least before training says anything. */
export const NEEDS: Record<ModelName, Need> = {
  classification: { of: "junctions", what: "validated junctions", train: 100, holdout: 20 },
  regression: { of: "correctedBoxes", what: "corrected boxes", train: 10, holdout: 3 },
  clustering: { of: "boxes", what: "validated boxes", train: 150, holdout: 40 },
  ranking: { of: "correctedBoxes", what: "corrected boxes", train: 10, holdout: 3 },
  recommendation: { of: "boxes", what: "validated boxes", train: 150, holdout: 30 },
};

/** Why a dataset is too small for a model, with the numbers; undefined when it is not. */
export function tooSmallFor(name: ModelName, { totals }: DatasetVersion): string | undefined {
  const { of, what, train, holdout } = NEEDS[name];
  const [have, held] = [totals.train[of], totals.holdout[of]];
  if (have >= train && held >= holdout) return undefined;
  return `there are ${have} ${what} to learn from and ${held} held out; ${train} and ${holdout} are needed`;
}
