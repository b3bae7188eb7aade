import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putObject } from "#shared/artifacts";
import { type Actor, audit, type Bus, openKv, signed } from "#shared/bus";
import { Refusal } from "#shared/errors";
import { checkModel } from "../check/check-model.ts";
import { checkModelName, fileKey, versionKey } from "../keys.ts";
import { type ModelVersion, StoredVersion } from "../records.ts";
import { takeNumber } from "./read-live.ts";

/** Largest model file taken, in bytes. */
export const MODEL_MAX_BYTES = 1024 ** 3;

/** Where the file is: on this machine, or in memory. */
export type ModelSource = { path: string } | { bytes: Uint8Array };

/** What is known about a version beside its file. */
export interface AboutVersion extends Actor {
  /** Dataset it was trained on. */
  dataset?: string;
  metrics?: Record<string, number>;
  /** The figure versions are compared by; higher is better. */
  score?: number;
  /** Retraining run it comes from. */
  run?: string;
  /** Version it was trained on from, or compared with. */
  parent?: string;
  /** What trained it: a built-in trainer, or the command. */
  trainer?: string;
  /** Class names that take the place of the file's own. */
  names?: string[];
}

/**
 * Adds a version of a model. The file is tried first, in a process of its own; it is stored under a new number and never
 * changed again. Nothing is promoted.
 * @throws Refusal `MODEL_UNKNOWN`, `MODEL_INVALID`, `MODEL_TOO_LARGE`; RetryableError when the store cannot be reached
 */
export async function addModel(
  bus: Bus,
  name: string,
  source: ModelSource,
  about: AboutVersion,
): Promise<ModelVersion> {
  const model = checkModelName(name);
  if ("bytes" in source) {
    const folder = await mkdtemp(join(tmpdir(), "penstock-model-"));
    try {
      const path = join(folder, "model.onnx");
      await writeFile(path, source.bytes);
      return await addModel(bus, name, { path }, about);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const { path } = source;
  const { size } = await stat(path).catch((cause) => {
    throw new Refusal("missing", "NO_SUCH_FILE", `there is no file ${path}`, { cause });
  });
  if (size > MODEL_MAX_BYTES)
    throw new Refusal(
      "too-large",
      "MODEL_TOO_LARGE",
      `the model has ${size} bytes, the limit is ${MODEL_MAX_BYTES}`,
    );
  const { card } = await checkModel(model, path, about.names ? { names: about.names } : {});
  const kv = await openKv(bus, "models");
  const version = `v${await takeNumber(bus, kv, model)}`;
  const hash = createHash("sha256");
  async function* bytes() {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk);
      yield chunk as Uint8Array;
    }
  }
  const stored = await putObject(bus, "models", fileKey(model, version), bytes(), {
    "content-type": "application/onnx",
  });
  const record = StoredVersion.parse({
    name: model,
    version,
    createdAt: Date.now(),
    by: about.by,
    reason: about.reason ?? null,
    size: stored.size,
    digest: hash.digest("hex"),
    card,
    dataset: about.dataset ?? null,
    metrics: about.metrics ?? {},
    score: about.score ?? null,
    lineage: {
      run: about.run ?? null,
      parent: about.parent ?? null,
      trainer: about.trainer ?? null,
    },
  });
  await kv.create(versionKey(model, version), JSON.stringify(record));
  await audit(bus, {
    action: "models.add",
    target: model,
    ...signed(about),
    details: { version, size: stored.size, ...(about.run === undefined ? {} : { run: about.run }) },
  });
  const { card: kept, ...rest } = record;
  return { ...rest, state: "candidate", classes: kept.names.length };
}
