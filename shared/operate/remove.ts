import { type Bus, openObjects } from "#shared/bus";
import { historyClient } from "#shared/history";
import { ArtifactRef } from "#shared/messages";
import { diagramPipeline, type Pipeline } from "#shared/pipeline";
import { type Actor, audit, signed } from "./audit.ts";
import { DEAD_STREAM } from "./dead/read.ts";
import { draftKeys } from "./drafts.ts";
import { runWord } from "./pipelines.ts";
import { Refusal } from "./refusal.ts";
import { eventOf, type RunNow, readRun } from "./run-events.ts";

/**
 * Deletes a diagram or another run that is over or waits: its artifacts, its drawing, its messages, its rows in the history.
 * @throws Refusal `RUN_NOT_FOUND`, `STILL_RUNNING`
 */
export async function remove(
  bus: Bus,
  uid: string,
  options: Actor & { pipeline?: Pipeline },
): Promise<{ uid: string; artifacts: number }> {
  const pipeline: Pipeline = options.pipeline ?? diagramPipeline;
  const run = await readRun(bus, pipeline, uid);
  if (!run.last.spec.final && !run.last.spec.waits)
    throw new Refusal(
      "conflict",
      "STILL_RUNNING",
      `${runWord(pipeline)} "${uid}" is ${run.last.spec.state} and still runs; revoke it first`,
    );
  const objects = objectsOf(run);
  const ours = objects.get("artifacts") ?? new Set();
  for (const key of [thumbnailKey(uid), ...draftKeys(uid)]) ours.add(key);
  objects.set("artifacts", ours);
  let deleted = 0;
  for (const [bucket, keys] of objects) {
    const store = await openObjects(bus, bucket);
    // What is gone already is fine: an earlier removal may have stopped half-way, a thumbnail may never have been made.
    for (const key of keys)
      if ((await store.info(key)) && (await store.delete(key).catch(() => null))?.success) deleted++;
  }
  for (const rest of ["", ".*"])
    await bus.jsm.streams.purge(pipeline.stream, { filter: `${pipeline.name}.*.${uid}${rest}` });
  await bus.jsm.streams.purge(DEAD_STREAM, { filter: `dead.${pipeline.name}.*.${uid}` });
  // Without a tracker there are no rows to forget; one that starts later rebuilds from streams that hold nothing of it.
  await historyClient(bus)
    .forgetRun(uid, pipeline.name)
    .catch(() => undefined);
  await audit(bus, { action: "remove", target: uid, ...signed(options), details: { artifacts: deleted } });
  return { uid, artifacts: deleted };
}

/** Where the gateway keeps a diagram's thumbnail, in bucket `artifacts`. */
export const thumbnailKey = (uid: string): string => `${uid}/thumbnail.webp`;

/** Every object the run's messages name, by bucket. The source of a page or a split drawing belongs to all its pages. */
function objectsOf(run: RunNow): Map<string, Set<string>> {
  const objects = new Map<string, Set<string>>();
  const add = (bucket: string, key: string) => {
    const keys = objects.get(bucket) ?? new Set();
    objects.set(bucket, keys.add(key));
  };
  for (const event of run.events) {
    const body = readable(event.body);
    for (const value of Object.values((body.artifacts ?? {}) as Record<string, unknown>)) {
      const ref = ArtifactRef.safeParse(value);
      // Keys begin with the run's own id; anything else belongs to somebody else.
      if (ref.success && ref.data.bucket === "artifacts" && ref.data.key.startsWith(`${run.uid}/`))
        add("artifacts", ref.data.key);
    }
    if (event.type === "diagram.uploaded" && body.page === undefined && !eventOf(run, "diagram.split")) {
      const object = typeof body.object === "string" ? body.object : "";
      if (object.startsWith("inbox/")) add("inbox", object.slice("inbox/".length));
    }
  }
  return objects;
}

function readable(body: () => Record<string, unknown>): Record<string, unknown> {
  try {
    return body();
  } catch {
    return {};
  }
}
