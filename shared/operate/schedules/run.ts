import { type Bus, publishMessage } from "#shared/bus";
import { PIPELINES, type Pipeline } from "#shared/pipeline";
import { newTraceparent } from "#shared/telemetry";
import { type Actor, audit, signed } from "../audit.ts";
import { mintUid } from "../mint-uid.ts";
import { findSchedule } from "./list.ts";

/**
 * Starts what a schedule would start, now; its own times stay as they are.
 * @throws Refusal `SCHEDULE_NOT_FOUND`
 */
export async function runSchedule(bus: Bus, name: string, options: Actor): Promise<{ run: string }> {
  const { pipeline, type, body } = await findSchedule(bus, name);
  const declared = (PIPELINES as readonly Pipeline[]).find((each) => each.name === pipeline)!;
  const run = mintUid();
  const { by, reason } = options;
  await publishMessage(bus, declared, {
    type,
    id: run,
    body: { ...body, uid: run, schedule: name, by, ...(reason === undefined ? {} : { reason }) },
    expectLast: 0,
    traceparent: newTraceparent(),
  });
  await audit(bus, { action: "schedule.run", target: name, ...signed(options), details: { run } });
  return { run };
}
