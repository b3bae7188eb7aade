import type { KV } from "@nats-io/kv";
import type { Bus } from "#shared/bus";
import { ForgetQuery, type Forgotten, type History } from "#shared/history";
import type { Projection } from "./projection.ts";

/** Told to every tracker by the one that was asked; each has a database of its own. */
const SUBJECT = "penstock.history.forgotten";

/** Answers `runs.forget`, and forgets what another tracker was asked to. */
export function forgetEverywhere(bus: Bus, kv: KV, history: History, projection: Projection, id: string) {
  const subscription = bus.nc.subscribe(SUBJECT, {
    callback: (error, message) => {
      if (error) return;
      const told = message.json<{ by: string; run: unknown }>();
      const run = ForgetQuery.safeParse(told.run);
      if (run.success && told.by !== id) void projection.caughtUp().then(() => history.forgetRun(run.data));
    },
  });
  return {
    async forget(run: ForgetQuery): Promise<Forgotten> {
      // Messages purged a moment ago may still be on their way to us, and would bring the run back.
      await projection.caughtUp();
      const forgotten = history.forgetRun(run);
      bus.nc.publish(SUBJECT, JSON.stringify({ by: id, run }));
      const entry = await kv.get(run.uid);
      if (entry?.operation === "PUT" && entry.json<{ pipeline: string }>().pipeline === run.pipeline)
        await kv.delete(run.uid, { previousSeq: entry.revision }).catch(() => undefined);
      return { forgotten };
    },
    close: () => subscription.unsubscribe(),
  };
}
