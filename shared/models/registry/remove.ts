import { type Actor, audit, type Bus, openKv, openObjects, signed } from "#shared/bus";
import { Refusal } from "#shared/errors";
import type { ModelName } from "#shared/messages";
import { checkModelName, checkVersionName, fileKey, unknownVersion, versionKey } from "../keys.ts";
import { type LiveRecord, SHIPPED } from "../records.ts";
import { showModel } from "./list.ts";
import { readLive, readVersion, wroteFirst } from "./read-live.ts";
import { shippedVersion } from "./shipped.ts";

/**
 * Deletes a version, record and file. The live one and the one before it stay: they are what a roll back needs.
 * @throws Refusal `MODEL_UNKNOWN`, `MODEL_VERSION_UNKNOWN`, `MODEL_IN_USE`
 */
export async function removeModel(
  bus: Bus,
  name: string,
  options: Actor & { version: string },
): Promise<void> {
  const model = checkModelName(name);
  const version = checkVersionName(model, options.version);
  if (version === SHIPPED) throw inUse(model, version, "it is a file of the package");
  const kv = await openKv(bus, "models");
  for (;;) {
    const live = await readLive(bus, model);
    if (live.value?.version === version) throw inUse(model, version, "it is live");
    if (live.value?.previous === version) throw inUse(model, version, "a roll back would need it");
    const { value: record } = await readVersion(bus, model, version);
    if (!record) throw unknownVersion(model, version);
    await kv.delete(versionKey(model, version));
    try {
      // Whoever promotes this version has read what is live before: writing it again makes their write fail.
      const same = live.value ?? (await nothingPromoted(model, options.by));
      await kv.put(model, JSON.stringify(same), { previousSeq: live.revision });
      break;
    } catch (error) {
      await kv.put(versionKey(model, version), JSON.stringify(record));
      if (!wroteFirst(error)) throw error;
    }
  }
  await (await openObjects(bus, "models")).delete(fileKey(model, version));
  await audit(bus, {
    action: "models.remove",
    target: model,
    ...signed(options),
    details: { version },
  });
}

/** The live record of a model nobody has promoted a version of. */
async function nothingPromoted(model: ModelName, by: string): Promise<LiveRecord> {
  const version = (await shippedVersion(model)) ? SHIPPED : null;
  return { version, at: Date.now(), by, reason: null, previous: null, history: [] };
}

/** How many versions are worth keeping. */
export interface Retention {
  /** Newest versions that were never live. @default 5 */
  candidates?: number;
  /** Newest versions that were live once. @default 10 */
  retired?: number;
}

/**
 * Removes old experiments: of the versions that were never live, and of those that were once, only the newest stay. The
 * live one and the one before it always do.
 * @returns the versions removed
 */
export async function retainModels(bus: Bus, name: string, options: Retention & Actor): Promise<string[]> {
  const { versions } = await showModel(bus, name);
  const keep = { candidate: options.candidates ?? 5, retired: options.retired ?? 10 };
  const removed: string[] = [];
  for (const state of ["candidate", "retired"] as const)
    for (const { version } of versions.filter((each) => each.state === state).slice(keep[state])) {
      const why = `retention: the newest ${keep[state]} ${state} versions stay`;
      try {
        await removeModel(bus, name, { ...signed(options), version, reason: why });
        removed.push(version);
      } catch (error) {
        // Promoted or removed by somebody else a moment ago: then it is not ours to remove.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  return removed;
}

const inUse = (model: ModelName, version: string, why: string) =>
  new Refusal("conflict", "MODEL_IN_USE", `${version} of model ${model} cannot be removed: ${why}`);
