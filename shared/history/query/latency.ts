import { bucketMs, LATENCY_MS } from "../apply/tallies.ts";
import type { Database } from "../sql/database.ts";

export interface Percentiles {
  p50: number | null;
  p95: number | null;
}

/** p50 and p95 of a stage's waits or runs since a time, to within 5 %. Key: `<pipeline>/<stage>/<metric>`. */
export function percentiles(db: Database, since: number): Map<string, Percentiles> {
  const rows = db.all(
    `SELECT pipeline, stage, metric, bucket, sum(n) AS n FROM latencies WHERE slot >= ?
     GROUP BY pipeline, stage, metric, bucket ORDER BY pipeline, stage, metric, bucket`,
    Math.floor(since / LATENCY_MS) * LATENCY_MS,
  );
  const groups = new Map<string, { bucket: number; n: number }[]>();
  for (const row of rows) {
    const key = `${row.pipeline}/${row.stage}/${row.metric}`;
    const group = groups.get(key) ?? [];
    group.push({ bucket: row.bucket as number, n: row.n as number });
    groups.set(key, group);
  }
  return new Map([...groups].map(([key, group]) => [key, { p50: at(group, 0.5), p95: at(group, 0.95) }]));
}

/** Nearest rank: the smallest bucket that holds the share. */
function at(group: { bucket: number; n: number }[], share: number): number | null {
  const rank = Math.ceil(share * group.reduce((sum, { n }) => sum + n, 0));
  let seen = 0;
  for (const { bucket, n } of group) {
    seen += n;
    if (seen >= rank) return bucketMs(bucket);
  }
  return null;
}
