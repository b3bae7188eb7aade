import { Cron } from "croner";
import { Refusal } from "../refusal.ts";

/**
 * A cron expression as the server understands it: six fields, seconds first.
 * @throws Refusal `BAD_CRON`
 */
export function checkCron(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  try {
    if (fields.length !== 6) throw new Error(`it has ${fields.length} fields`);
    new Cron(fields.join(" "), { paused: true });
    return fields.join(" ");
  } catch (cause) {
    throw new Refusal(
      "invalid",
      "BAD_CRON",
      `"${cron.slice(0, 80)}" is no schedule: ${(cause as Error).message}; it reads second minute hour day month weekday, "0 0 2 * * *" is daily at 02:00`,
      { cause },
    );
  }
}

/**
 * A time zone by its IANA name.
 * @throws Refusal `BAD_TIME_ZONE`
 */
export function checkTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new Refusal(
      "invalid",
      "BAD_TIME_ZONE",
      `"${timeZone.slice(0, 60)}" is no time zone; names read "Europe/Berlin" or "UTC"`,
      { cause },
    );
  }
}

/** When a schedule fires next, ms since the epoch; null when never. For people to read: the server keeps the time. */
export function nextRun(schedule: { cron: string; timeZone: string; enabled: boolean }): number | null {
  if (!schedule.enabled) return null;
  return cronOf(schedule)?.nextRun()?.getTime() ?? null;
}

/** When a schedule should have fired last before a moment; null when never. */
export function previousRun(schedule: { cron: string; timeZone: string }, before: number): number | null {
  return cronOf(schedule)?.previousRuns(1, new Date(before))[0]?.getTime() ?? null;
}

function cronOf({ cron, timeZone }: { cron: string; timeZone: string }): Cron | null {
  try {
    return new Cron(cron, { timezone: timeZone, paused: true });
  } catch {
    // Set by a client that knows more forms than we do (`@every 1h`): the server obeys it, we cannot say when.
    return null;
  }
}
