import { connectBus } from "#shared/bus";
import { publishFanOut } from "#shared/stage";
import { newTraceparent } from "#shared/telemetry";
import type { GroupDriver } from "./driver.ts";
import { declareGroup, PARTS } from "./pipeline.ts";

/** Plans groups as a client does, and hears their callbacks' ends. */
export async function penstockDriver(url: string, fanOut: "atomic" | "logged"): Promise<GroupDriver> {
  const bus = await connectBus({ url, name: "bench-driver" });
  const pipeline = declareGroup(fanOut);
  const { join } = pipeline.stages["group-join"];
  const waiting = new Map<string, () => void>();
  bus.nc.subscribe("group.called.*", {
    callback: (_, message) => {
      const uid = message.subject.split(".")[2] ?? "";
      waiting.get(uid)?.();
      waiting.delete(uid);
    },
  });
  let next = 0;
  return {
    async group(ms, count = PARTS) {
      const run = `g${next++}`;
      const ended = new Promise<void>((resolve) => waiting.set(run, resolve));
      const parts = Array.from({ length: count }, (_, n) => ({
        ...{ type: "group.task", part: `p${n}`, body: { ms } },
      }));
      const emissions = [...parts, { type: "group.planned", body: { uid: run } }];
      const traceparent = newTraceparent();
      await publishFanOut(bus, pipeline, join!, { run, generation: 0, cause: 0, traceparent, emissions });
      await ended;
    },
    close: () => bus.close(),
  };
}
