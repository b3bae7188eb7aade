import { FatalError } from "#shared/errors";
import type { Model } from "#shared/inference";
import type { ModelName } from "#shared/messages";
import { isModelName } from "../declared.ts";
import type { ModelShelf, OpenSettings, ShelfLog } from "./model-shelf.ts";
import type { LiveRef } from "./watch-live.ts";

/** Models as one attempt sees them: what was live when it began, until it ends. */
export interface AttemptModels {
  /**
   * The model to use now: the file its settings name, else the live version, else the one before, else the shipped one.
   * Ask for it in every attempt and keep it no longer; when nothing changed it costs nothing.
   * @throws FatalError `MODEL_ABSENT`, `MODEL_INVALID`; RetryableError when the registry cannot be reached
   */
  open(name: ModelName, settings: OpenSettings): Promise<Model>;
  /** The same, or null where nothing is promoted or shipped. */
  openIfAny(name: ModelName, settings: OpenSettings): Promise<Model | null>;
  /** Which versions were opened so far, by name: goes into the result's message. */
  used(): Record<string, string>;
  /** Opens anew whatever is open in this process and no longer live. */
  refresh(): Promise<void>;
  /** Why a live version is not in use, by name; empty when all is well. */
  troubles(): Record<string, string>;
}

/**
 * The models of one attempt.
 * @param live what is live, by name, when the attempt begins
 */
export function attemptModels(
  shelf: ModelShelf,
  live: Readonly<Record<string, LiveRef>>,
  log: ShelfLog,
): AttemptModels {
  const used: Record<string, string> = {};
  const troubles: Record<string, string> = {};
  const openIfAny = async (name: ModelName, settings: OpenSettings) => {
    const opened = await shelf.open(name, settings, live[name], log);
    if (!opened) return null;
    used[name] = opened.version;
    if (opened.trouble) troubles[name] = opened.trouble;
    return opened.model;
  };
  return {
    openIfAny,
    async open(name, settings) {
      const model = await openIfAny(name, settings);
      if (model) return model;
      const what = isModelName(name) ? "no version of it is promoted" : "nothing is called that";
      throw new FatalError("MODEL_ABSENT", `there is no model ${name}: ${what}`);
    },
    async refresh() {
      for (const { name, settings } of shelf.openSlots()) if (name in live) await openIfAny(name, settings);
    },
    used: () => ({ ...used }),
    troubles: () => ({ ...troubles }),
  };
}
