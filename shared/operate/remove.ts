import { type Bus, openObjects } from "#shared/bus";
import { historyClient } from "#shared/history";
import { ArtifactRef } from "#shared/messages";
import { diagramPipeline } from "#shared/pipeline";
import { audit } from "./audit.ts";
import { DEAD_STREAM } from "./dead/read.ts";
import { draftKeys } from "./drafts.ts";
import { Refusal } from "./refusal.ts";
import { eventOf, type RunNow, readRun } from "./run-events.ts";

/**
 * Deletes a diagram that is over or waits: its artifacts, its drawing, its messages, its rows in the history.
 * @throws Refusal `RUN_NOT_FOUND`, `STILL_RUNNING`
 */
export async function remove(
  bus: Bus,
  uid: string,
  options: { by: string },
): Promise<{ uid: string; artifacts: number }> {
  const run = await readRun(bus, diagramPipeline, uid);
  if (!run.last.spec.final && !run.last.spec.waits)
    throw new Refusal(
      "conflict",
      "STILL_RUNNING",
      `diagram "${uid}" is ${run.last.spec.state} and still runs; revoke it first`,
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
  await bus.jsm.streams.purge(diagramPipeline.stream, { filter: `${diagramPipeline.name}.*.${uid}` });
  await bus.jsm.streams.purge(DEAD_STREAM, { filter: `dead.${diagramPipeline.name}.*.${uid}` });
  // Without a tracker there are no rows to forget; one that starts later rebuilds from streams that hold nothing of it.
  await historyClient(bus)
    .forgetRun(uid, diagramPipeline.name)
    .catch(() => undefined);
  await audit(bus, { action: "remove", target: uid, by: options.by });
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
