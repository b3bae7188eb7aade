import { z } from "zod";
import type { Pipeline, ScheduleSpec } from "#shared/pipeline";
import type { Bus } from "./connect.ts";
import { LostRace } from "./errors.ts";
import { Header } from "./headers.ts";
import { publishRaw } from "./publish.ts";
import { lastMessage, type StoredMessage } from "./read.ts";
import { SCHEDULES_STREAM, ScheduleHeader, scheduledSubject } from "./schedules.ts";

/** A schedule as it lies in the stream: the last message of `schedules.set.<name>`. Its body is what it publishes. */
export const ScheduleRecord = z.object({
  name: z.string(),
  pipeline: z.string(),
  /** Message it publishes, on the bare subject. */
  type: z.string(),
  cron: z.string(),
  timeZone: z.string(),
  enabled: z.boolean(),
  /** Somebody took it away: what a new installation has is not put back. */
  removed: z.boolean().default(false),
});
export type ScheduleRecord = z.infer<typeof ScheduleRecord>;

/** A record with what the stream adds. */
export interface StoredSchedule extends ScheduleRecord {
  body: Record<string, unknown>;
  /** Stream sequence: a change must expect it. */
  seq: number;
  /** When it was last changed, ms. */
  changedAt: number;
}

/** Header that holds the record: the body belongs to what is published. */
const RECORD = "Penstock-Schedule-Record";
const SETS = "schedules.set";

/**
 * Stores a schedule. One that is enabled is obeyed by the server from then on; one that is not takes the place of the one
 * before, which ends that.
 * @param expectLast sequence of the record this one replaces, 0 for none
 * @throws LostRace when somebody else changed it first; RetryableError `BUS_REFUSED` for a cron or zone the server does not know
 */
export async function storeSchedule(
  bus: Bus,
  record: ScheduleRecord,
  body: Record<string, unknown>,
  expectLast: number,
): Promise<void> {
  const active = record.enabled && !record.removed;
  const obeyed = {
    [ScheduleHeader.schedule]: record.cron,
    [ScheduleHeader.timeZone]: record.timeZone,
    [ScheduleHeader.target]: scheduledSubject(record.type),
  };
  await publishRaw(bus, {
    subject: `${SETS}.${record.name}`,
    bytes: new TextEncoder().encode(JSON.stringify({ ...body, schedule: record.name })),
    messageId: `${SETS}.${record.name}.${expectLast}`,
    headers: {
      [Header.contentType]: "application/json",
      [Header.schedule]: record.name,
      [RECORD]: JSON.stringify(record),
      [ScheduleHeader.rollup]: "sub",
      ...(active ? obeyed : {}),
    },
    expectLast,
  });
}

/** Every schedule that was ever set and not forgotten by its stream, those taken away included. */
export async function readSchedules(bus: Bus): Promise<StoredSchedule[]> {
  const { state } = await bus.jsm.streams.info(SCHEDULES_STREAM, { subjects_filter: `${SETS}.*` });
  const names = Object.keys(state.subjects ?? {}).map((subject) => subject.slice(SETS.length + 1));
  const found = await Promise.all(names.sort().map((name) => readSchedule(bus, name)));
  return found.filter((schedule) => schedule !== null);
}

/** One schedule, or null. What is no record of ours (a schedule made by another client) is none. */
export async function readSchedule(bus: Bus, name: string): Promise<StoredSchedule | null> {
  const message = await lastMessage(bus, SCHEDULES_STREAM, `${SETS}.${name}`);
  return message && toStored(message);
}

function toStored(message: StoredMessage): StoredSchedule | null {
  try {
    const record = ScheduleRecord.parse(JSON.parse(message.headers.get(RECORD)));
    const { schedule: _, ...body } = JSON.parse(new TextDecoder().decode(message.data));
    return { ...record, body, seq: message.seq, changedAt: message.time.getTime() };
  } catch {
    return null;
  }
}

/** Makes a schedule of a new installation, in the time zone of this machine; once there was one, nothing is changed. */
export async function ensureSchedule(bus: Bus, pipeline: Pipeline, spec: ScheduleSpec): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { name, type, cron, body } = spec;
  const record = { name, pipeline: pipeline.name, type, cron, timeZone, enabled: true, removed: false };
  try {
    await storeSchedule(bus, record, body, 0);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
  }
}
