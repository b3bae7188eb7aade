import { retrainPipeline } from "#shared/pipeline";

/** An object of bucket `artifacts`, as its store lists it. */
export interface StoredObject {
  name: string;
  /** Bytes. */
  size: number;
  /** When it was written, ISO. */
  mtime: string;
}

export interface OldRunsOptions {
  /** The run that cleans up. */
  own: string;
  /** Runs that live and previous models come from: theirs stay, however old. */
  keep: ReadonlySet<string>;
  /** So many other runs stay, the newest by what they wrote last. */
  newest: number;
}

const STAGES = Object.keys(retrainPipeline.stages);

/**
 * What old retraining runs have left, however they ended: candidates, logs, checkpoints. Diagrams lie in the same bucket; a run's
 * objects are known by the stage that wrote them, the second part of the key.
 */
export function objectsOfOldRuns(
  objects: readonly StoredObject[],
  { own, keep, newest }: OldRunsOptions,
): StoredObject[] {
  const runs = new Map<string, { last: string; objects: StoredObject[] }>();
  for (const object of objects) {
    const [run = "", by = ""] = object.name.split("/");
    if (by !== "checkpoints" && !STAGES.some((stage) => by.startsWith(`${stage}-`))) continue;
    const entry = runs.get(run) ?? { last: "", objects: [] };
    entry.objects.push(object);
    if (object.mtime > entry.last) entry.last = object.mtime;
    runs.set(run, entry);
  }
  runs.delete(own);
  return [...runs]
    .sort(([, a], [, b]) => (a.last < b.last ? 1 : -1))
    .slice(newest)
    .flatMap(([run, entry]) => (keep.has(run) ? [] : entry.objects));
}
