import type { Overview } from "../../api/types.ts";

/** Tasks per second, as lines of a chart: of whole slots, and of the slot that is still filling. */
export interface Rates {
  times: number[];
  succeeded: Split;
  failed: Split;
  retried: Split;
}

interface Split {
  /** Null in the last slot. */
  full: (number | null)[];
  /** The last slot with the one before it, so that a line joins them; null before. */
  filling: (number | null)[];
}

/** Shortest part of a slot that a rate is told of, ms: one event in a few milliseconds is no thousand a second. */
const LEAST_MS = 2_000;

/** Turns counts per slot into rates; the last slot's count is taken over the part of it that is past at `at`. */
export function ratesOf({ at, series }: Pick<Overview, "at" | "series">): Rates {
  const { stepMs, points } = series;
  const last = points.length - 1;
  const split = (key: "succeeded" | "failed" | "retried"): Split => {
    const rates = points.map((point, i) => {
      const past = i === last ? Math.min(stepMs, Math.max(LEAST_MS, at - point.at)) : stepMs;
      return (point[key] * 1000) / past;
    });
    return {
      full: rates.map((value, i) => (i === last ? null : value)),
      filling: rates.map((value, i) => (i >= last - 1 ? value : null)),
    };
  };
  return {
    times: points.map((point) => point.at),
    succeeded: split("succeeded"),
    failed: split("failed"),
    retried: split("retried"),
  };
}
