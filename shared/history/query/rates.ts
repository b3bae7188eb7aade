import { TICK_MS } from "../apply/tallies.ts";
import type { Overview } from "../schemas/index.ts";
import type { Database, Row } from "../sql/database.ts";

type Ended = Record<"succeeded" | "failed" | "retried", number>;

const MINUTE = 60_000;
/** Points of a series, at most. */
const POINTS = 60;

function endedSince(db: Database, pipeline: string | undefined, since: number): Ended {
  const rows = db.all(
    "SELECT outcome, sum(n) AS n FROM ticks WHERE slot > ? AND (? IS NULL OR pipeline = ?) GROUP BY outcome",
    since - TICK_MS,
    pipeline ?? null,
    pipeline ?? null,
  );
  return count(rows);
}

function count(rows: Row[]): Ended {
  const ended: Ended = { succeeded: 0, failed: 0, retried: 0 };
  for (const { outcome, n } of rows) ended[outcome as keyof Ended] += n as number;
  return ended;
}

/** Tasks ended per second over the usual windows, and what ended in the last hour and in the window asked for. */
export function windowsOf(db: Database, pipeline: string | undefined, now: number, windowMs: number) {
  const since = (ms: number) => endedSince(db, pipeline, now - ms);
  const perSecond = (ended: Ended, ms: number) => ((ended.succeeded + ended.failed) / ms) * 1000;
  const h1 = since(60 * MINUTE);
  return {
    h1,
    ended: windowMs === 60 * MINUTE ? h1 : since(windowMs),
    perSecond: {
      m1: perSecond(since(MINUTE), MINUTE),
      m5: perSecond(since(5 * MINUTE), 5 * MINUTE),
      m15: perSecond(since(15 * MINUTE), 15 * MINUTE),
      h1: perSecond(h1, 60 * MINUTE),
    },
  };
}

/** Attempts ended over the window in at most 60 equal steps, empty ones included; the last step is still filling. */
export function series(
  db: Database,
  pipeline: string | undefined,
  now: number,
  windowMs: number,
): Overview["series"] {
  const stepMs = Math.ceil(windowMs / POINTS / TICK_MS) * TICK_MS;
  const last = Math.floor(now / stepMs) * stepMs;
  const first = last - Math.floor(windowMs / stepMs) * stepMs + stepMs;
  const rows = db.all(
    `SELECT slot - slot % CAST(? AS INTEGER) AS at, outcome, sum(n) AS n FROM ticks WHERE slot >= ? AND (? IS NULL OR pipeline = ?)
     GROUP BY 1, 2`,
    stepMs,
    first,
    pipeline ?? null,
    pipeline ?? null,
  );
  const points: Overview["series"]["points"] = [];
  for (let at = first; at <= last; at += stepMs)
    points.push({ at, ...count(rows.filter((row) => row.at === at)) });
  return { stepMs, points };
}
