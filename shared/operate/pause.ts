import type { Bus } from "#shared/bus";
import { type Actor, audit, signed } from "./audit.ts";
import { stagesNamed, streamOf } from "./queues.ts";

/** A consumer is paused until a date; this one means until somebody resumes it. */
const FOR_GOOD_MS = 100 * 365 * 86_400_000;
/**
 * Lifting the pause at once would leave waiting pulls asleep; a pause that runs out wakes them. Its end must still be to come
 * when the server reads it, on a busy machine and by a clock a little ahead of ours.
 */
const RESUME_MS = 1_000;

/** Stops handing out work of a stage or of a whole queue; running tasks go on. @returns the stages paused */
export async function pause(bus: Bus, name: string, options: Actor): Promise<string[]> {
  return until(bus, name, FOR_GOOD_MS, "pause", options);
}

/** Hands out work again. @returns the stages resumed */
export async function resume(bus: Bus, name: string, options: Actor): Promise<string[]> {
  return until(bus, name, RESUME_MS, "resume", options);
}

async function until(bus: Bus, name: string, ms: number, action: string, options: Actor): Promise<string[]> {
  const stages = stagesNamed(name);
  for (const stage of stages)
    await bus.jsm.consumers.pause(streamOf(stage), stage.name, new Date(Date.now() + ms));
  await audit(bus, { action, target: name, ...signed(options) });
  return stages.map((stage) => stage.name);
}
