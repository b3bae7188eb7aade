import type { Bus } from "#shared/bus";
import type { Model } from "#shared/inference";
import type { ModelName } from "#shared/messages";
import { ModelShelf, type OpenSettings, type ShelfLog } from "./model-shelf.ts";
import { watchLive } from "./watch-live.ts";

/** Live models of a process that is no stage, such as the gateway. */
export interface LiveModels extends AsyncDisposable {
  /** The live version, opened; null when nothing is promoted or shipped. After a promotion, the new one. */
  openIfAny(name: ModelName, settings?: OpenSettings): Promise<Model | null>;
  close(): void;
}

/** Watches what is live, and opens it when asked for. ONNX Runtime is loaded with the first model. */
export async function openLiveModels(bus: Bus, options: { log: ShelfLog }): Promise<LiveModels> {
  const watch = await watchLive(bus);
  const shelf = new ModelShelf({ bus });
  return {
    async openIfAny(name, settings = {}) {
      return (await shelf.open(name, settings, watch.of(name), options.log))?.model ?? null;
    },
    close: () => watch.close(),
    [Symbol.asyncDispose]: async () => watch.close(),
  };
}
