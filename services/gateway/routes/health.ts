import { PIPELINES } from "#shared/pipeline";
import type { App, Gateway } from "../context.ts";
import { toProblem } from "../http/problem.ts";

/** `/healthz`: this process answers. `/readyz`: NATS is reachable and the streams are in place. */
export function health(app: App, gateway: Gateway): void {
  app.get("/healthz", (c) => c.json({ status: "ok", version: gateway.version }));

  app.get("/readyz", async (c) => {
    const checks: Record<string, string> = {};
    let ready = true;
    try {
      const bus = await gateway.bus();
      checks.nats = "ok";
      for (const stream of [...PIPELINES.map((pipeline) => pipeline.stream), "TASKS", "DEAD"]) {
        await bus.jsm.streams.info(stream);
        checks[stream] = "ok";
      }
    } catch (error) {
      ready = false;
      checks[checks.nats ? "streams" : "nats"] = toProblem(error).detail;
    }
    if (ready) {
      // Without a tracker drawings are still taken and worked on; only the lists are missing.
      const status = await (await gateway.history()).status().catch((error) => error as Error);
      checks.tracker = status instanceof Error ? status.message : "ok";
    }
    return c.json({ status: ready ? "ready" : "not ready", checks }, ready ? 200 : 503);
  });
}
