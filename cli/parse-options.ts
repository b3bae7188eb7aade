import { InvalidArgumentError, Option } from "commander";
import { parseDuration } from "./format.ts";

/** A parser of whole numbers in a range. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(
        max === Number.MAX_SAFE_INTEGER
          ? `a whole number from ${min} on`
          : `a whole number from ${min} to ${max}`,
      );
    return value;
  };
}

/** Comma-separated words. */
export function words(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}

/** A duration such as `90s`, in ms. */
export function milliseconds(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms <= 0) throw new InvalidArgumentError("a duration such as 500ms, 90s, 15m or 2h");
  return ms;
}

/** A duration such as `90s`, in ms; `0` for none. */
export const millisecondsOrNone = (text: string): number => (text === "0" ? 0 : milliseconds(text));

/** `--json`, the same in every verb. */
export const jsonOption = (): Option => new Option("--json", "print JSON for scripts");
/** `--reason`, for the audit trail. */
export const reasonOption = (): Option => new Option("--reason <text>", "why, for the audit trail");
