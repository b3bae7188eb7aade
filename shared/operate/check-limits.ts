import type { StageSettings } from "#shared/stage";
import { Refusal } from "./refusal.ts";

/**
 * Refuses limits that contradict each other: a task that is killed before it is asked to stop is never asked.
 * @param limits as they would be set, in ms; the declared ones are not looked at, so that one alone may be lowered
 * @throws Refusal `BAD_SETTINGS`
 */
export function checkLimits({
  softLimitMs: soft,
  hardLimitMs: hard,
}: Pick<StageSettings, "softLimitMs" | "hardLimitMs">): void {
  if (!soft || !hard || soft <= hard) return;
  throw new Refusal(
    "invalid",
    "BAD_SETTINGS",
    `the soft limit of ${soft} ms is longer than the hard limit of ${hard} ms: tasks would be killed before they are asked to stop`,
  );
}
