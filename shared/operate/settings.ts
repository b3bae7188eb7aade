import { z } from "zod";
import { type Bus, openKv } from "#shared/bus";
import { audit } from "./audit.ts";
import { allStages } from "./queues.ts";
import { Refusal } from "./refusal.ts";

/** What may be changed of a stage while it runs; workers watch it. */
export const StageSettings = z.object({
  /** Tasks started per minute by all workers together; null lifts the limit. */
  ratePerMinute: z.number().positive().nullish(),
  softLimitMs: z.number().int().positive().nullish(),
  hardLimitMs: z.number().int().positive().nullish(),
  /** Slots of each worker. */
  slots: z.number().int().min(1).max(10_000).nullish(),
  /** Settings of the stage itself, by field name. */
  options: z.record(z.string(), z.unknown()).optional(),
});
export type StageSettings = z.infer<typeof StageSettings>;

/** Run-time settings of a stage; empty when nobody set any. */
export async function getStageSettings(bus: Bus, stage: string): Promise<StageSettings> {
  return (await read(bus, stage)).settings;
}

/**
 * Changes run-time settings of a stage; fields not named stay as they are. Two who change at once both win.
 * @throws Refusal `STAGE_UNKNOWN`, `BAD_SETTINGS`
 */
export async function setStageSettings(
  bus: Bus,
  stage: string,
  patch: StageSettings,
  options: { by: string },
): Promise<StageSettings> {
  const checked = StageSettings.safeParse(patch);
  if (!checked.success)
    throw new Refusal(
      "invalid",
      "BAD_SETTINGS",
      checked.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "),
    );
  for (let attempt = 0; ; attempt++) {
    const { settings, revision } = await read(bus, stage);
    const next = { ...settings, ...checked.data, options: { ...settings.options, ...checked.data.options } };
    const kv = await openKv(bus, "settings");
    try {
      await kv.put(keyOf(stage), JSON.stringify(next), { previousSeq: revision });
    } catch (error) {
      if (attempt >= 5) throw error;
      continue;
    }
    await audit(bus, {
      action: "settings",
      target: stage,
      by: options.by,
      reason: JSON.stringify(checked.data),
    });
    return next;
  }
}

const keyOf = (stage: string) => `stage.${stage}`;

async function read(bus: Bus, stage: string): Promise<{ settings: StageSettings; revision: number }> {
  if (!allStages().some((each) => each.name === stage))
    throw new Refusal("missing", "STAGE_UNKNOWN", `there is no stage "${stage.slice(0, 60)}"`);
  const kv = await openKv(bus, "settings");
  const entry = await kv.get(keyOf(stage));
  const settings = entry && entry.operation === "PUT" ? StageSettings.safeParse(entry.json()) : undefined;
  return { settings: settings?.success ? settings.data : {}, revision: entry?.revision ?? 0 };
}
