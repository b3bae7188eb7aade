import { type Bus, openKv } from "#shared/bus";
import { MODEL_NAMES, type ModelName } from "#shared/messages";
import { MODELS } from "../declared.ts";
import { checkModelName, checkVersionName, unknownVersion } from "../keys.ts";
import {
  LiveRecord,
  type ModelEntry,
  type ModelVersion,
  SHIPPED,
  StoredVersion,
  type VersionState,
} from "../records.ts";
import { shippedVersion } from "./shipped.ts";

/** Every model with its versions, newest first; the shipped file is the oldest. */
export async function listModels(bus: Bus): Promise<ModelEntry[]> {
  const records = await readAll(bus);
  return Promise.all(MODEL_NAMES.map((name) => entryOf(name, records)));
}

/** One model with its versions. @throws Refusal `MODEL_UNKNOWN` */
export async function showModel(bus: Bus, name: string): Promise<ModelEntry> {
  return entryOf(checkModelName(name), await readAll(bus));
}

/** One version of a model. @throws Refusal `MODEL_UNKNOWN`, `MODEL_VERSION_UNKNOWN` */
export async function showVersion(bus: Bus, name: string, version: string): Promise<ModelVersion> {
  const model = checkModelName(name);
  checkVersionName(model, version);
  const { versions } = await showModel(bus, model);
  const found = versions.find((each) => each.version === version);
  if (!found) throw unknownVersion(model, version);
  return found;
}

/** Every record of the bucket by key, in one pass. */
async function readAll(bus: Bus): Promise<Map<string, unknown>> {
  const kv = await openKv(bus, "models");
  const records = new Map<string, unknown>();
  for await (const key of await kv.keys()) {
    const entry = await kv.get(key);
    if (entry?.operation === "PUT") records.set(key, parsed(entry.string()));
  }
  return records;
}

async function entryOf(name: ModelName, records: ReadonlyMap<string, unknown>): Promise<ModelEntry> {
  const shipped = await shippedVersion(name);
  const live = LiveRecord.safeParse(records.get(name)).data;
  const current = live?.version ?? (live ? null : shipped ? SHIPPED : null);
  const previous = live?.previous ?? null;
  const once = new Set(live?.history.map(({ version }) => version));
  const stateOf = (version: string): VersionState => {
    if (version === current) return "live";
    if (version === previous) return "previous";
    if (version === SHIPPED) return "shipped";
    return once.has(version) ? "retired" : "candidate";
  };
  const versions = [...records]
    .filter(([key]) => key.startsWith(`${name}.v`))
    .flatMap(([, value]) => StoredVersion.safeParse(value).data ?? [])
    .sort((a, b) => numberOf(b.version) - numberOf(a.version));
  return {
    name,
    job: MODELS[name].job,
    live: current,
    previous,
    history: live?.history ?? [],
    versions: [...versions, ...(shipped ? [shipped] : [])].map(({ card, ...version }) => ({
      ...version,
      state: stateOf(version.version),
      classes: card.names.length,
    })),
  };
}

const numberOf = (version: string) => Number(version.slice(1));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
