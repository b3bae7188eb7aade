import { type Bus, LostRace, readSchedule, type ScheduleRecord, storeSchedule } from "#shared/bus";
import { validate } from "#shared/codec";
import { Uid } from "#shared/messages";
import { PIPELINES, type Pipeline } from "#shared/pipeline";
import { type Actor, audit, signed } from "../audit.ts";
import { Refusal } from "../refusal.ts";
import { checkCron, checkTimeZone } from "./check-schedule.ts";
import { findSchedule } from "./list.ts";

/** What may be said about a schedule; what is left out stays as it was. */
export interface ScheduleChange {
  cron?: string | undefined;
  /** IANA name. @default that of this machine */
  timeZone?: string | undefined;
  /** @default true */
  enabled?: boolean | undefined;
  /** What the run is asked for; the entry message of the pipeline. */
  body?: Record<string, unknown> | undefined;
  /** Of a new schedule. @default "retrain" */
  pipeline?: string | undefined;
}

/**
 * Makes or changes a schedule; the server obeys it from then on, whoever is alive.
 * @throws Refusal `BAD_NAME`, `BAD_CRON`, `BAD_TIME_ZONE`, `NO_ENTRY`, `CHANGED_MEANWHILE`; PoisonError `INVALID_MESSAGE` (body)
 */
export async function setSchedule(
  bus: Bus,
  name: string,
  change: ScheduleChange,
  options: Actor,
): Promise<ScheduleRecord> {
  if (!Uid.safeParse(name).success)
    throw new Refusal(
      "invalid",
      "BAD_NAME",
      `"${name.slice(0, 80)}" is no schedule's name: it has 1 to 64 letters, digits, "_" or "-"`,
    );
  const held = await readSchedule(bus, name);
  const before = held?.removed ? null : held;
  const pipeline = pipelineOf(change.pipeline ?? before?.pipeline ?? "retrain");
  const record: ScheduleRecord = {
    name,
    pipeline: pipeline.name,
    type: entryOf(pipeline),
    cron: checkCron(change.cron ?? before?.cron ?? ""),
    timeZone: checkTimeZone(
      change.timeZone ?? before?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    ),
    enabled: change.enabled ?? before?.enabled ?? true,
    removed: false,
  };
  const body = change.body ?? before?.body ?? {};
  validate(pipeline.messages[record.type]!.schema, body, record.type);
  await store(bus, record, body, held?.seq ?? 0);
  const { cron, timeZone, enabled } = record;
  const details = { cron, timeZone, enabled, body };
  await audit(bus, { action: "schedule.set", target: name, ...signed(options), details });
  return record;
}

/**
 * Takes a schedule away; one that a new installation has does not come back.
 * @throws Refusal `SCHEDULE_NOT_FOUND`, `CHANGED_MEANWHILE`
 */
export async function removeSchedule(bus: Bus, name: string, options: Actor): Promise<void> {
  const { seq, body, changedAt: _, ...record } = await findSchedule(bus, name);
  await store(bus, { ...record, enabled: false, removed: true }, body, seq);
  await audit(bus, { action: "schedule.remove", target: name, ...signed(options) });
}

async function store(bus: Bus, record: ScheduleRecord, body: Record<string, unknown>, seq: number) {
  try {
    await storeSchedule(bus, record, body, seq);
  } catch (error) {
    if (!(error instanceof LostRace)) throw error;
    const sentence = `schedule "${record.name}" was changed by somebody else just now`;
    throw new Refusal("conflict", "CHANGED_MEANWHILE", sentence, { cause: error });
  }
}

function pipelineOf(name: string): Pipeline {
  const found = (PIPELINES as readonly Pipeline[]).find((each) => each.name === name);
  if (found) return found;
  const names = PIPELINES.map((each) => each.name).join(", ");
  throw new Refusal(
    "invalid",
    "PIPELINE_UNKNOWN",
    `there is no pipeline "${name.slice(0, 60)}"; there are ${names}`,
  );
}

/** The message that starts a run of a pipeline whose stream takes what schedules publish. */
export function entryOf(pipeline: Pipeline): string {
  const timed = Object.values(pipeline.messages).some(({ timer }) => timer);
  const entry = Object.entries(pipeline.messages).find(([, { anonymous }]) => anonymous)?.[0];
  if (timed && entry) return entry;
  throw new Refusal(
    "invalid",
    "NO_ENTRY",
    `runs of pipeline ${pipeline.name} cannot be started by a schedule`,
  );
}
