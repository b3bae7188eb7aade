import type { Bus } from "./connect.ts";
import { Header } from "./headers.ts";
import { publishRaw } from "./publish.ts";

/** Stream whose messages the server publishes again when their time comes. */
export const SCHEDULES_STREAM = "SCHEDULES";

/** Headers that make a message a schedule (ADR-51), and those of a message that one published. */
export const ScheduleHeader = {
  /** Six-field cron, `@every <duration>` or `@at <RFC 3339>`. */
  schedule: "Nats-Schedule",
  timeZone: "Nats-Schedule-Time-Zone",
  target: "Nats-Schedule-Target",
  rollup: "Nats-Rollup",
  /** Subject of the schedule that published it. */
  scheduler: "Nats-Scheduler",
  next: "Nats-Schedule-Next",
} as const;

/**
 * Where a schedule must publish for the message to arrive on `subject` of a pipeline's stream, which takes it from there
 * with the prefix cut off (see the topology): work streams refuse what is too much for them, which the server's scheduler
 * does not go with, so schedules have a stream of their own.
 */
export const scheduledSubject = (subject: string): string => `schedules.fire.${subject}`;

/**
 * Has the server publish a message at a given time, whoever is alive then; at once when the time has passed. A later one
 * for the same subject replaces it.
 * @param timer.messageId doing it twice within the stream's duplicate window changes nothing
 */
export async function publishTimer(
  bus: Bus,
  timer: { subject: string; at: number; run: string; generation: number; messageId: string; body: unknown },
): Promise<void> {
  await publishRaw(bus, {
    subject: `schedules.at.${timer.subject}`,
    bytes: new TextEncoder().encode(JSON.stringify(timer.body)),
    messageId: timer.messageId,
    headers: {
      [ScheduleHeader.schedule]: `@at ${new Date(timer.at).toISOString()}`,
      [ScheduleHeader.target]: scheduledSubject(timer.subject),
      [Header.contentType]: "application/json",
      [Header.run]: timer.run,
      [Header.generation]: timer.generation || undefined,
    },
  });
}
