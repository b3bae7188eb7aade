/** One line of a family: label text without braces, and a value. */
export interface Sample {
  /** As written between the braces, e.g. `name="detect",queue_name="gpu"`; empty for none. */
  labels: string;
  value: number;
  /** Appended to the family's name: `_bucket`, `_sum`, `_count` of a histogram. */
  suffix?: string;
}

/** Everything under one metric name. */
export interface Family {
  name: string;
  help: string;
  type: "counter" | "gauge" | "histogram";
  samples: Sample[];
}

/** Label text from names and values. */
export function labels(values: Readonly<Record<string, string>>): string {
  let text = "";
  for (const [name, value] of Object.entries(values))
    text += `${text && ","}${name}="${/["\\\n]/.test(value) ? escaped(value) : value}"`;
  return text;
}

const escaped = (value: string): string =>
  value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
