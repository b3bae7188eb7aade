import type { setStageSettings } from "#shared/operate";
import { duration } from "../format.ts";

type Settings = Awaited<ReturnType<typeof setStageSettings>>;

/** What an operator has set for a stage, in words; everything else is as declared. */
export function describeSettings({
  ratePerMinute,
  softLimitMs,
  hardLimitMs,
  slots,
  autoscale,
  options,
}: Settings): string {
  const set = [
    ratePerMinute ? `at most ${ratePerMinute} starts per minute` : "",
    softLimitMs ? `soft limit ${duration(softLimitMs)}` : "",
    hardLimitMs ? `hard limit ${duration(hardLimitMs)}` : "",
    slots ? `${slots} slots for each worker` : "",
    autoscale ? `${autoscale.min} to ${autoscale.max} slots by what waits` : "",
    ...Object.entries(options ?? {}).map(([name, value]) => `${name} ${JSON.stringify(value)}`),
  ].filter(Boolean);
  return set.length > 0 ? set.join(", ") : "as declared, nothing is set";
}
