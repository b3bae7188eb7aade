/** One system under test, seen from outside. */
export interface ChainDriver {
  /** Sends one chain of seven tasks; resolves when its end is seen. */
  chain(): Promise<void>;
  close(): Promise<void>;
}

export interface ChainFigures {
  /** Latency of one chain at a time, ms. */
  p50: number;
  p99: number;
  /** Chains per second with many in flight. */
  rate: number;
}

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

/** Latency of chains one after another, then throughput with `inFlight` at once. */
export async function measure(
  driver: ChainDriver,
  single: number,
  many: number,
  inFlight: number,
): Promise<ChainFigures> {
  for (let i = 0; i < 20; i++) await driver.chain();
  const times: number[] = [];
  for (let i = 0; i < single; i++) {
    const start = performance.now();
    await driver.chain();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const begin = performance.now();
  let left = many;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) await driver.chain();
    }),
  );
  const seconds = (performance.now() - begin) / 1000;
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), rate: many / seconds };
}
