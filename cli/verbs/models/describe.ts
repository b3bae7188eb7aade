import type { ModelVersion } from "#shared/models";
import { bytes } from "../../format.ts";

/** A score or another figure, or a dash where there is none. */
export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : value.toPrecision(4);

/** How long ago, or a dash where nothing happened. */
export const since = (at: number | undefined, ago: (at: number) => string): string =>
  at === undefined ? "–" : ago(at);

/** One version on one line, as an answer to what was done. */
export function describeVersion(version: ModelVersion): string {
  const { name, size, digest, classes, state } = version;
  const told = classes > 0 ? `, ${classes} classes` : "";
  return `${name} ${version.version} is ${state}: ${bytes(size)}${told}, sha256 ${digest.slice(0, 12)}`;
}
