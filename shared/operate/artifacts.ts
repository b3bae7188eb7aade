import { type Bus, openObjects } from "#shared/bus";
import { ArtifactRef } from "#shared/messages";
import { diagramPipeline, type Pipeline } from "#shared/pipeline";
import { runWord } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";
import { readRun } from "./run-events.ts";

/**
 * Artifacts of a diagram or another run by contract name: those of its latest event that carries any.
 * @throws Refusal `RUN_NOT_FOUND`
 */
export async function listArtifacts(
  bus: Bus,
  uid: string,
  pipeline: Pipeline = diagramPipeline,
): Promise<Record<string, ArtifactRef>> {
  const run = await readRun(bus, pipeline, uid);
  for (const event of [...run.events].reverse()) {
    const { artifacts } = event.body() as { artifacts?: Record<string, unknown> };
    if (!artifacts) continue;
    const found: Record<string, ArtifactRef> = {};
    for (const [name, value] of Object.entries(artifacts)) {
      const ref = ArtifactRef.safeParse(value);
      if (ref.success) found[name] = ref.data;
    }
    return found;
  }
  return {};
}

/**
 * One artifact's reference.
 * @throws Refusal `RUN_NOT_FOUND`, `ARTIFACT_NOT_FOUND`
 */
export async function findArtifact(
  bus: Bus,
  uid: string,
  name: string,
  pipeline: Pipeline = diagramPipeline,
): Promise<ArtifactRef> {
  const artifacts = await listArtifacts(bus, uid, pipeline);
  const ref = Object.hasOwn(artifacts, name) ? artifacts[name] : undefined;
  if (ref) return ref;
  const names = Object.keys(artifacts).join(", ") || "none yet";
  throw new Refusal(
    "missing",
    "ARTIFACT_NOT_FOUND",
    `${runWord(pipeline)} "${uid}" has no artifact "${name.slice(0, 60)}"; it has ${names}`,
  );
}

/**
 * The bytes behind a reference, as they come.
 * @throws Refusal `ARTIFACT_NOT_FOUND`
 */
export async function readArtifact(
  bus: Bus,
  ref: { bucket: string; key: string },
): Promise<ReadableStream<Uint8Array>> {
  const store = await openObjects(bus, ref.bucket);
  const result = await store.get(ref.key);
  if (result) return result.data;
  throw new Refusal("missing", "ARTIFACT_NOT_FOUND", `object ${ref.bucket}/${ref.key} is gone`);
}
