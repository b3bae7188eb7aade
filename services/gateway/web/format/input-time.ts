import type { Zone } from "./time.ts";
import { clock, day } from "./time.ts";

/** Ms since the epoch as an `<input type="datetime-local">` wants it; empty for none. */
export const toInput = (at: number | null, zone: Zone): string =>
  at === null ? "" : `${day(at, zone)}T${clock(at, zone).slice(0, 5)}`;

/** What such an input gives, as ms since the epoch; null when it is empty or no time. */
export function fromInput(text: string, zone: Zone): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const at = Date.parse(zone === "utc" ? `${text}Z` : text);
  return Number.isNaN(at) ? null : at;
}
