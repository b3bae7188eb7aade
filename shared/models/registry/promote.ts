import { rm } from "node:fs/promises";
import { type Actor, audit, type Bus, openKv, signed } from "#shared/bus";
import { Refusal } from "#shared/errors";
import type { ModelName } from "#shared/messages";
import { checkModel } from "../check/check-model.ts";
import { fetchVersion } from "../files/fetch-version.ts";
import { checkModelName, checkVersionName, unknownVersion } from "../keys.ts";
import { type LiveRecord, type ModelVersion, SHIPPED } from "../records.ts";
import { showVersion } from "./list.ts";
import { type Revised, readLive, readVersion, wroteFirst } from "./read-live.ts";
import { shippedVersion } from "./shipped.ts";

export interface PromoteOptions extends Actor {
  version: string;
  /** The version that must be live for this to be right; any unless given. */
  expected?: string | null;
}

/** Changes kept in a live record. */
const HISTORY = 20;

/**
 * Makes a version live: everything that uses the model works with it from its next task on. The file is tried once more,
 * so that one that does not load here stays out. Two who promote at once: one wins, the other hears who was first.
 * @throws Refusal `MODEL_UNKNOWN`, `MODEL_VERSION_UNKNOWN`, `MODEL_INVALID`, `ALREADY_LIVE`, `PROMOTED_MEANWHILE`
 */
export async function promoteModel(bus: Bus, name: string, options: PromoteOptions): Promise<ModelVersion> {
  const model = checkModelName(name);
  const version = checkVersionName(model, options.version);
  const live = await readLive(bus, model);
  const current = await currentOf(model, live);
  if (options.expected !== undefined && options.expected !== current) throw overtaken(model, live.value);
  if (current === version)
    throw new Refusal("conflict", "ALREADY_LIVE", `${version} of model ${model} is live already`);
  await tryVersion(bus, model, version);
  await writeLive(bus, model, live, { version, previous: current }, options);
  await audit(bus, {
    action: "models.promote",
    target: model,
    ...signed(options),
    details: { version, previous: current },
  });
  return showVersion(bus, model, version);
}

/**
 * Goes back to the version that was live before; doing it again goes forward.
 * @throws Refusal `MODEL_UNKNOWN`, `NOTHING_TO_ROLL_BACK`, `MODEL_INVALID`, `PROMOTED_MEANWHILE`
 */
export async function rollbackModel(bus: Bus, name: string, options: Actor): Promise<ModelVersion> {
  const model = checkModelName(name);
  const live = await readLive(bus, model);
  const current = await currentOf(model, live);
  const previous = live.value?.previous ?? null;
  if (previous === null)
    throw new Refusal(
      "conflict",
      "NOTHING_TO_ROLL_BACK",
      `no version of model ${model} was live before ${current ?? "now"}`,
    );
  await tryVersion(bus, model, previous);
  await writeLive(bus, model, live, { version: previous, previous: current }, options);
  await audit(bus, {
    action: "models.rollback",
    target: model,
    ...signed(options),
    details: { version: previous, previous: current },
  });
  return showVersion(bus, model, previous);
}

/** What is live: what was promoted, else the shipped file, else nothing. */
async function currentOf(model: ModelName, { value }: Revised<LiveRecord>): Promise<string | null> {
  if (value) return value.version;
  return (await shippedVersion(model)) ? SHIPPED : null;
}

/** Reads the file back as a stage would, and tries it. */
async function tryVersion(bus: Bus, model: ModelName, version: string): Promise<void> {
  if (version === SHIPPED) {
    if (await shippedVersion(model)) return;
    throw unknownVersion(model, version);
  }
  const record = (await readVersion(bus, model, version)).value;
  if (!record) throw unknownVersion(model, version);
  const file = await fetchVersion(bus, record, { fresh: true });
  try {
    await checkModel(model, file, { card: record.card });
  } finally {
    await rm(file, { force: true });
  }
}

/** Writes what is live, unless it was changed since it was read. */
async function writeLive(
  bus: Bus,
  model: ModelName,
  live: Revised<LiveRecord>,
  next: { version: string; previous: string | null },
  options: Actor,
): Promise<void> {
  const change = {
    version: next.version,
    at: Date.now(),
    by: options.by,
    reason: options.reason ?? null,
  };
  const record: LiveRecord = {
    ...change,
    previous: next.previous,
    history: [change, ...(live.value?.history ?? [])].slice(0, HISTORY),
  };
  const kv = await openKv(bus, "models");
  try {
    await kv.put(model, JSON.stringify(record), { previousSeq: live.revision });
  } catch (error) {
    if (!wroteFirst(error)) throw error;
    throw overtaken(model, (await readLive(bus, model)).value, error);
  }
}

function overtaken(model: ModelName, now: LiveRecord | null, cause?: unknown): Refusal {
  const what = now
    ? `${now.by} made ${now.version ?? "none"} live at ${new Date(now.at).toISOString()}`
    : "nothing is promoted";
  return new Refusal(
    "conflict",
    "PROMOTED_MEANWHILE",
    `model ${model} changed meanwhile: ${what}; look at it and decide again`,
    { cause },
  );
}
