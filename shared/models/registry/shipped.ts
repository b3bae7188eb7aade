import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { findModel } from "#shared/inference";
import type { ModelName } from "#shared/messages";
import { declaredModel } from "../declared.ts";
import { SHIPPED, type StoredVersion } from "../records.ts";

/** What the file beside a shipped model says of it; more is in its card. */
const Sidecar = z.object({
  date: z.string().optional(),
  sha256: z.string().optional(),
  bytes: z.number().optional(),
  names: z.array(z.string()).default([]),
  metrics: z.record(z.string(), z.unknown()).default({}),
});

const known = new Map<ModelName, Promise<StoredVersion | null>>();

/** The package's own file as a version; null for a model that is not shipped, or whose file is not installed. */
export function shippedVersion(name: ModelName): Promise<StoredVersion | null> {
  const found = known.get(name) ?? describe(name);
  known.set(name, found);
  return found;
}

async function describe(name: ModelName): Promise<StoredVersion | null> {
  const { shipped } = declaredModel(name);
  const path = shipped && (await findModel(shipped).catch(() => null));
  if (!path) return null;
  const bytes = await readFile(path);
  const text = await readFile(path.replace(/\.onnx$/, ".json"), "utf8").catch(() => "{}");
  const side = Sidecar.catch(Sidecar.parse({})).parse(JSON.parse(text));
  return {
    name,
    version: SHIPPED,
    createdAt: side.date ? Date.parse(side.date) : 0,
    by: "penstock",
    reason: null,
    size: bytes.byteLength,
    digest: createHash("sha256").update(bytes).digest("hex"),
    card: { names: side.names },
    dataset: null,
    metrics: Object.fromEntries(
      Object.entries(side.metrics).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
    ),
    score: null,
    lineage: { run: null, parent: null, trainer: null },
  };
}
