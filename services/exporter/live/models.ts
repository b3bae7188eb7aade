import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Bus } from "#shared/bus";
import { openKv } from "#shared/bus";
import { findModel } from "#shared/inference";

/** The version of a model that is in use. */
export interface ModelVersion {
  model: string;
  version: string;
  /** Shipped with the package, or promoted since. */
  source: "shipped" | "promoted";
}

const Description = z.object({ model: z.string().max(100), date: z.string(), sha256: z.string() });
const Promoted = z.object({ version: z.coerce.string().max(100) });

/** Versions of the shipped models: the day they were trained, and the beginning of their digest. */
export async function shippedModels(): Promise<ModelVersion[]> {
  const folder = await findModel("models").catch(() => null);
  if (!folder) return [];
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return texts.flatMap((text) => {
    const card = Description.safeParse(parsed(text)).data;
    if (!card) return [];
    return [
      {
        model: card.model,
        version: `${card.date}-${card.sha256.slice(0, 8)}`,
        source: "shipped",
      } as const,
    ];
  });
}

/** The models in use: what was promoted (KV bucket `models`) takes the place of what was shipped. */
export async function readModels(bus: Bus, shipped: readonly ModelVersion[]): Promise<ModelVersion[]> {
  const models = new Map(shipped.map((each) => [each.model, each]));
  const kv = await openKv(bus, "models");
  for await (const key of await kv.keys()) {
    const entry = await kv.get(key);
    const promoted = entry?.operation === "PUT" ? Promoted.safeParse(parsed(entry.string())).data : undefined;
    if (promoted) models.set(key, { model: key, version: promoted.version, source: "promoted" });
  }
  return [...models.values()];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
