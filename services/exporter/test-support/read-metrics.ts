/** A page of metrics as a table: `name{labels}` to value. */
export type Metrics = ReadonlyMap<string, number>;

/** The samples of a page in Prometheus' text format. */
export function parseMetrics(text: string): Metrics {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** What an exporter shows now, or null while it shows nothing. */
export async function readMetrics(url: string): Promise<Metrics | null> {
  const response = await fetch(`${url}/metrics`);
  const text = await response.text();
  return response.status === 200 ? parseMetrics(text) : null;
}

/** Only what must be the same wherever and whenever it is computed: counters and histograms. */
export const countsOf = (metrics: Metrics): Record<string, number> =>
  Object.fromEntries(
    [...metrics].filter(
      ([name]) => /_total\b|_bucket\b|_sum\b|_count\{/.test(name) && !/^penstock_active/.test(name),
    ),
  );
