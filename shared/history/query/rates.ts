import { TICK_MS } from "../apply/tallies.ts";
import type { Overview } from "../schemas/index.ts";
import type { Database } from "../sql/database.ts";

type Ended = Record<"succeeded" | "failed" | "retried", number>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Points of a series, at most. */
const POINTS = 60;

export interface Rates {
  /** Tasks ended per second. */
  perSecond: Overview["tasks"]["perSecond"];
  lastHour: Ended;
  /** What ended in the window asked for. */
  window: Ended;
  series: Overview["series"];
}

/** Rates over the usual windows and a series over the one asked for, from one walk through the slots. */
export function ratesOf(db: Database, pipeline: string | undefined, now: number, windowMs: number): Rates {
  const slots = db.all(
    `SELECT slot, outcome, sum(n) AS n FROM ticks WHERE slot > ? AND (? IS NULL OR pipeline = ?) GROUP BY slot, outcome`,
    now - Math.max(HOUR, windowMs) - TICK_MS,
    pipeline ?? null,
    pipeline ?? null,
  );
  const stepMs = Math.ceil(windowMs / POINTS / TICK_MS) * TICK_MS;
  const last = Math.floor(now / stepMs) * stepMs;
  const first = last - (Math.floor(windowMs / stepMs) - 1) * stepMs;
  const points: Overview["series"]["points"] = [];
  for (let at = first; at <= last; at += stepMs) points.push({ at, succeeded: 0, failed: 0, retried: 0 });
  for (const { slot, outcome, n } of slots) {
    const point = points[Math.floor(((slot as number) - first) / stepMs)];
    if (point) point[outcome as keyof Ended] += n as number;
  }
  const since = (ms: number): Ended => {
    const ended: Ended = { succeeded: 0, failed: 0, retried: 0 };
    for (const { slot, outcome, n } of slots)
      if ((slot as number) > now - ms - TICK_MS) ended[outcome as keyof Ended] += n as number;
    return ended;
  };
  const perSecond = (ms: number) => {
    const { succeeded, failed } = since(ms);
    return ((succeeded + failed) / ms) * 1000;
  };
  return {
    perSecond: {
      m1: perSecond(MINUTE),
      m5: perSecond(5 * MINUTE),
      m15: perSecond(15 * MINUTE),
      h1: perSecond(HOUR),
    },
    lastHour: since(HOUR),
    window: since(windowMs),
    series: { stepMs, points },
  };
}
