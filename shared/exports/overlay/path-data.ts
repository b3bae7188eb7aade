import type { Point } from "#shared/messages";
import { formatNumber } from "../xml/format-number.ts";

/** SVG path data of a run of straight lines. */
export function pathData(points: readonly Point[], closed: boolean): string {
  let d = "";
  for (const [x, y] of points) d += `${d === "" ? "M" : "L"}${formatNumber(x)} ${formatNumber(y)}`;
  return closed ? `${d}Z` : d;
}
