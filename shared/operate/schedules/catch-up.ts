import {
  type Bus,
  Header,
  LostRace,
  publishRaw,
  readSchedules,
  SCHEDULES_STREAM,
  scheduledSubject,
} from "#shared/bus";
import { scan } from "../scan.ts";
import { previousRun } from "./check-schedule.ts";

/** The server is a moment late with what it fires; only after this is a firing missed. */
const LATE_MS = 60_000;
/** A firing missed longer ago than this is let go: the next one is near. */
const GIVEN_UP_MS = 20 * 3_600_000;

/**
 * Fires what the server missed while it was down: it makes up for no cron time that passed. However many ask, each missed
 * time is made up for once.
 * @returns names of the schedules that were fired
 */
export async function catchUpSchedules(bus: Bus, now = Date.now()): Promise<string[]> {
  const fired: string[] = [];
  for (const { name, enabled, removed, changedAt, body, type, ...times } of await readSchedules(bus)) {
    if (!enabled || removed) continue;
    const due = previousRun(times, now - LATE_MS);
    if (due === null || due <= changedAt || now - due > GIVEN_UP_MS) continue;
    const last = await lastFiring(bus, scheduledSubject(type), name);
    if (last.at >= due) continue;
    try {
      await publishRaw(bus, {
        subject: scheduledSubject(type),
        bytes: new TextEncoder().encode(JSON.stringify({ ...body, schedule: name })),
        messageId: `missed.${name}.${due}`,
        headers: { [Header.contentType]: "application/json", [Header.schedule]: name },
        expectLast: last.subjectSeq,
      });
      fired.push(name);
    } catch (error) {
      // Somebody else did, or the server itself after all.
      if (!(error instanceof LostRace)) throw error;
    }
  }
  return fired;
}

/** When a schedule fired last, and the last sequence of the subject it fires on. */
async function lastFiring(bus: Bus, subject: string, name: string) {
  const last = { at: 0, subjectSeq: 0 };
  for await (const message of scan(bus, SCHEDULES_STREAM, { filters: [subject], headersOnly: true })) {
    last.subjectSeq = message.seq;
    if (message.headers?.get(Header.schedule) === name) last.at = message.time.getTime();
  }
  return last;
}
