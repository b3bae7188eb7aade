import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Bus } from "#shared/bus";
import { PermanentError } from "#shared/errors";
import type { ArtifactRef } from "#shared/messages";
import { attemptModels, ModelShelf } from "#shared/models";
import type { AnyStage, StageContext } from "./types.ts";

/** A context whose artifacts live in memory: what unit tests hand to a handler. Everything it does can be looked at. */
export interface MemoryContext<S = unknown, R = unknown> extends StageContext<S, R> {
  /** Stored bytes by `<bucket>/<key>`. */
  readonly store: Map<string, Uint8Array>;
  readonly lines: string[];
  readonly reported: { fraction: number; note?: string }[];
  /** Puts bytes where a message can point to them. */
  seed(name: string, bytes: Uint8Array | string, bucket?: string): ArtifactRef;
  /** The bytes behind a reference, as text or raw. */
  text(ref: ArtifactRef): string;
}

/**
 * Makes a {@link MemoryContext} for a stage, running its `setup` with default or given settings. Models are the shipped
 * ones, or the files the settings name.
 * @param bus handed to `setup` by tests that have a server; without it a stage that asks for one fails
 */
export async function memoryContext<D extends AnyStage>(
  stage: D,
  settings: Record<string, unknown> = {},
  task: Partial<StageContext["task"]> = {},
  bus?: Bus,
): Promise<MemoryContext<z.output<D["settings"]>, Awaited<ReturnType<NonNullable<D["setup"]>>>>> {
  const store = new Map<string, Uint8Array>();
  const lines: string[] = [];
  const reported: { fraction: number; note?: string }[] = [];
  const write = (level: string) => (message: string, fields?: Record<string, unknown>) => {
    lines.push(`${level} ${message}${fields ? ` ${JSON.stringify(fields)}` : ""}`);
  };
  const log = { debug: write("debug"), info: write("info"), warn: write("warn") };
  const parsed = stage.settings.parse(settings) as z.output<D["settings"]>;
  const models = attemptModels(new ModelShelf(bus ? { bus } : {}), {}, log);
  const env = {
    settings: parsed,
    log,
    models,
    get bus(): Bus {
      if (!bus) throw new Error("this context lives in memory: there is no bus");
      return bus;
    },
  };
  const resources = await stage.setup?.(env);
  const put = (bucket: string, key: string, data: Uint8Array | string, contentType?: string): ArtifactRef => {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    store.set(`${bucket}/${key}`, bytes);
    return {
      bucket,
      key,
      size: bytes.byteLength,
      digest: `SHA-256=${createHash("sha256").update(bytes).digest("base64url")}=`,
      contentType: contentType ?? "application/octet-stream",
    };
  };
  return {
    settings: parsed,
    resources: resources as never,
    models,
    log,
    lines,
    reported,
    store,
    signal: new AbortController().signal,
    task: { id: `${stage.name}.test`, run: "test", stage: stage.name, attempt: 1, type: "", ...task },
    progress: (fraction, note) => reported.push(note === undefined ? { fraction } : { fraction, note }),
    seed: (name, bytes, bucket = "artifacts") => put(bucket, `seed/${name}`, bytes),
    text: (ref) => new TextDecoder().decode(store.get(`${ref.bucket}/${ref.key}`)),
    artifacts: {
      async get(ref, limitBytes) {
        const bytes = store.get(`${ref.bucket}/${ref.key}`);
        if (!bytes)
          throw new PermanentError("ARTIFACT_MISSING", `there is no object ${ref.bucket}/${ref.key}`);
        if (limitBytes !== undefined && bytes.byteLength > limitBytes)
          throw new PermanentError(
            "ARTIFACT_TOO_LARGE",
            `${ref.bucket}/${ref.key} has ${bytes.byteLength} bytes, the limit is ${limitBytes}`,
          );
        return bytes;
      },
      put: async (name, bytes, contentType) => put("artifacts", `test/1/${name}`, bytes, contentType),
    },
  };
}
