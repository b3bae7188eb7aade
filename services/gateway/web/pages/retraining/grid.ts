import type { RetrainRun } from "../../api/types.ts";

/** Models that any of the runs trained, in the order they are first met; runs may have left some out. */
export function modelsIn(runs: readonly RetrainRun[]): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(run.parts)))];
}

/** Scores of each model over time, oldest first; null where a run did not score it. */
export function scoreHistory(runs: readonly RetrainRun[]): {
  times: number[];
  models: { name: string; scores: (number | null)[] }[];
} {
  const sorted = [...runs].sort((a, b) => a.createdAt - b.createdAt);
  return {
    times: sorted.map((run) => run.createdAt),
    models: modelsIn(sorted).map((name) => ({
      name,
      scores: sorted.map((run) => run.parts[name]?.score ?? null),
    })),
  };
}

/** `+0.012` against the live model; null when either is unknown. */
export function gain(score: number | null, live: number | null): string | null {
  if (score === null || live === null) return null;
  const difference = score - live;
  const text = Math.abs(difference).toFixed(3);
  return Number(text) === 0 ? "±0" : `${difference > 0 ? "+" : "−"}${text}`;
}
