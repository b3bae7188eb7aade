/** Upper bounds of the buckets of task durations and waits, in seconds; one more bucket holds what took longer. */
export const BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] as const;

/** How often each range of durations was seen. Unlike in the exposition, a bucket does not include the ones before it. */
export interface Histogram {
  /** One more than {@link BUCKETS_S}. */
  buckets: number[];
  /** Seconds in total. */
  sum: number;
}

export const emptyHistogram = (): Histogram => ({
  buckets: new Array(BUCKETS_S.length + 1).fill(0),
  sum: 0,
});

/** @param ms negative values, from clocks that differ, count as zero */
export function observe(histogram: Histogram, ms: number): void {
  const seconds = Math.max(0, ms) / 1000;
  let bucket = 0;
  while (bucket < BUCKETS_S.length && seconds > BUCKETS_S[bucket]!) bucket++;
  histogram.buckets[bucket]!++;
  histogram.sum += seconds;
}
