import type { Family } from "./family.ts";

/** Content type of {@link format}. */
export const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Families in Prometheus' text format.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function format(families: Iterable<Family>): string {
  let text = "";
  for (const { name, help, type, samples } of families) {
    if (samples.length === 0) continue;
    text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
    for (const { labels, value, suffix = "" } of samples)
      text += labels ? `${name}${suffix}{${labels}} ${value}\n` : `${name}${suffix} ${value}\n`;
  }
  return text;
}
