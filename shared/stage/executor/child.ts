/** An executor process: runs one job at a time for its parent, and ends when the parent is gone. */
import { type Bus, busOptions, connectBus } from "#shared/bus";
import { readCommonConfig } from "#shared/config";
import { fromFailure, toFailure } from "#shared/errors";
import { ModelShelf } from "#shared/models";
import type { HandlerHooks } from "./job-context.ts";
import { runHandler } from "./run-handler.ts";
import type { FromChild, ToChild } from "./types.ts";

const send = (message: FromChild) => process.send?.(message);
const running = new Map<number, AbortController>();
let bus: Promise<Bus> | undefined;
let shelf: ModelShelf | undefined;

// At once, whatever computes: a thread in ONNX Runtime would make an orderly exit an abort.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// A terminal's Ctrl-C reaches the whole group; the parent decides when we end.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

process.on("message", async (message: ToChild) => {
  if (message.kind === "abort") {
    running.get(message.id)?.abort(fromFailure(message.reason));
    return;
  }
  const { id, job } = message;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    bus ??= connectBus(busOptions(readCommonConfig(), "penstock-executor"));
    bus.catch(() => {
      bus = undefined;
    });
    const connected = await bus;
    // One job at a time: nobody runs a model that is replaced.
    shelf ??= new ModelShelf({ bus: connected, exclusive: true });
    const hooks: HandlerHooks = {
      onProgress: (fraction, note) =>
        send({ kind: "progress", id, fraction, ...(note === undefined ? {} : { note }) }),
      onLog: (line) => send({ kind: "log", id, line }),
      onModels: (models) => send({ kind: "models", id, ...models }),
    };
    const emissions = await runHandler({ bus: connected, shelf }, job, hooks, () => controller.signal);
    send({ kind: "done", id, emissions });
  } catch (thrown) {
    send({ kind: "failed", id, failure: toFailure(thrown) });
  } finally {
    running.delete(id);
  }
});

send({ kind: "ready" });
