import { type Bus, readSchedule, readSchedules } from "#shared/bus";
import { historyClient } from "#shared/history";
import { Refusal } from "../refusal.ts";
import { nextRun } from "./check-schedule.ts";

/** A schedule as people see it. */
export interface Schedule {
  name: string;
  pipeline: string;
  /** Message it publishes. */
  subject: string;
  cron: string;
  timeZone: string;
  enabled: boolean;
  /** When it fires next, ms; null when it does not. */
  next: number | null;
  /** The run it started last; null when there is none, or no tracker to ask. */
  last: { run: string; at: number; state: string } | null;
  body: Record<string, unknown>;
}

/** Runs looked at to find the last one of a schedule. */
const LOOK_BACK = 30;

/** All schedules, by name. */
export async function listSchedules(bus: Bus): Promise<Schedule[]> {
  const stored = (await readSchedules(bus)).filter(({ removed }) => !removed);
  return Promise.all(
    stored.map(async ({ name, pipeline, type, cron, timeZone, enabled, body }) => {
      const next = nextRun({ cron, timeZone, enabled });
      const last = await lastRun(bus, pipeline, name);
      return { name, pipeline, subject: type, cron, timeZone, enabled, next, last, body };
    }),
  );
}

/**
 * One schedule as it is stored.
 * @throws Refusal `SCHEDULE_NOT_FOUND`
 */
export async function findSchedule(bus: Bus, name: string) {
  const schedule = /^[A-Za-z0-9_-]{1,64}$/.test(name) ? await readSchedule(bus, name) : null;
  if (schedule && !schedule.removed) return schedule;
  throw new Refusal("missing", "SCHEDULE_NOT_FOUND", `there is no schedule "${name.slice(0, 64)}"`);
}

async function lastRun(bus: Bus, pipeline: string, name: string): Promise<Schedule["last"]> {
  const history = historyClient(bus);
  try {
    const { runs } = await history.listRuns({ pipeline, sort: "created", limit: LOOK_BACK });
    for (const { uid, created, state } of runs) {
      const { details } = await history.getRun(uid, pipeline);
      if (details.schedule === name) return { run: uid, at: created, state };
    }
  } catch {
    // Without a tracker a schedule is still a schedule.
  }
  return null;
}
