import { z } from "zod";
import { type Bus, openKv } from "#shared/bus";

/** What an operator may change while a stage runs: KV `settings`, key `stage.<name>`. */
export const StageSettings = z.object({
  /** Starts per minute over all replicas; null or absent: no limit. */
  ratePerMinute: z.number().positive().nullish(),
  softLimitMs: z.number().int().positive().nullish(),
  hardLimitMs: z.number().int().positive().nullish(),
  /** Slots of every worker of the stage. */
  slots: z.number().int().min(1).max(10_000).nullish(),
  /** Every worker of the stage chooses its slots within these bounds, by what waits. */
  autoscale: z
    .object({ min: z.number().int().min(0).max(10_000), max: z.number().int().min(1).max(10_000) })
    .refine(({ min, max }) => min <= max, "min is larger than max")
    .nullish(),
  /** Overrides of the stage's own settings. */
  options: z.record(z.string(), z.unknown()).optional(),
});
export type StageSettings = z.infer<typeof StageSettings>;

const keyOf = (stage: string) => `stage.${stage}`;

/** Runtime settings of a stage with the revision they have; empty when nobody set any, or they are unreadable. */
export async function readStageSettings(
  bus: Bus,
  stage: string,
): Promise<{ settings: StageSettings; revision: number }> {
  const entry = await (await openKv(bus, "settings")).get(keyOf(stage));
  const settings = entry?.operation === "PUT" ? StageSettings.safeParse(entry.json()) : undefined;
  return { settings: settings?.success ? settings.data : {}, revision: entry?.revision ?? 0 };
}

/** Merges a change into a stage's runtime settings, for every replica and across restarts. Two at once both win. */
export async function changeStageSettings(
  bus: Bus,
  stage: string,
  change: StageSettings,
): Promise<StageSettings> {
  const kv = await openKv(bus, "settings");
  for (let attempt = 0; ; attempt++) {
    const { settings, revision } = await readStageSettings(bus, stage);
    // An override set to null is taken away.
    const options = Object.entries({ ...settings.options, ...change.options }).filter(
      ([, value]) => value !== null,
    );
    const next = { ...settings, ...change, options: Object.fromEntries(options) };
    try {
      await kv.put(keyOf(stage), JSON.stringify(next), { previousSeq: revision });
      return next;
    } catch (error) {
      if (attempt >= 5) throw error;
    }
  }
}

const NOTHING_SET: StageSettings = {};

/** The settings of all stages, kept current by watching the bucket. */
export interface SettingsWatch {
  of(stage: string): StageSettings;
  onChange(listener: (stage: string) => void): void;
  close(): void;
}

/** Loads and watches runtime settings. A value that is no valid setting is ignored, the last good one stays. */
export async function watchSettings(bus: Bus): Promise<SettingsWatch> {
  const kv = await openKv(bus, "settings");
  const current = new Map<string, StageSettings>();
  const listeners = new Set<(stage: string) => void>();
  const watch = await kv.watch({ key: "stage.>" });
  let loaded: () => void = () => {};
  const initial = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  (async () => {
    for await (const entry of watch) {
      const stage = entry.key.slice("stage.".length);
      if (entry.operation === "PUT") {
        const parsed = StageSettings.safeParse(JSON.parse(entry.string() || "{}"));
        if (parsed.success) current.set(stage, parsed.data);
      } else current.delete(stage);
      for (const listener of listeners) listener(stage);
      if (entry.delta === 0) loaded();
    }
  })().catch(() => {});
  // An empty bucket delivers nothing to wait for.
  const { values } = await kv.status();
  if (values === 0) loaded();
  await Promise.race([initial, new Promise((resolve) => setTimeout(resolve, 2_000))]);
  return {
    of: (stage) => current.get(stage) ?? NOTHING_SET,
    onChange: (listener) => listeners.add(listener),
    close: () => watch.stop(),
  };
}
