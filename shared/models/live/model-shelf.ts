import { availableParallelism } from "node:os";
import { basename } from "node:path";
import type { Bus } from "#shared/bus";
import { FatalError, RetryableError, toFailure } from "#shared/errors";
import { type Model, type OpenModelOptions, openModel } from "#shared/inference";
import type { ModelName } from "#shared/messages";
import { checkCard } from "../check/check-card.ts";
import { modelCacheDir } from "../config.ts";
import { declaredModel } from "../declared.ts";
import { cachedPath, fetchVersion } from "../files/fetch-version.ts";
import { sweepCache } from "../files/sweep-cache.ts";
import { SHIPPED } from "../records.ts";
import { readVersion } from "../registry/read-live.ts";
import type { LiveRef } from "./watch-live.ts";

/** How a model is opened; the settings of a stage that runs one have these fields. */
export interface OpenSettings {
  /** A file that is used whatever is promoted; empty for none. */
  modelPath?: string;
  /** Threads of one run; 0 is one per core. */
  threads?: number;
  /** Execution provider of ONNX Runtime. */
  provider?: string;
}

/** Where what happens is told. */
export interface ShelfLog {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

export interface ShelfOptions {
  /** Where versions come from; without one there is only what is shipped, and files named by settings. */
  bus?: Bus;
  /** Nobody runs a model while another is asked for: what was replaced is closed at once. @default false */
  exclusive?: boolean;
  /** Folder of fetched files. @default the folder of `modelCacheDir` */
  cacheDir?: string;
}

/** What is open: the model, and which version it turned out to be. */
interface Opened {
  model: Model;
  version: string;
  /** Why it is not the live version. */
  trouble?: string;
}

interface Slot {
  name: ModelName;
  settings: OpenSettings;
  /** What was to be opened; another value means it must be opened anew. */
  wanted: string;
  opened: Promise<Opened | null>;
}

/**
 * The models a process has open: one per name, opened when first asked for, and opened anew when another version has become
 * live. A live version that does not load is passed over for the one before it, then for the shipped one, and says so.
 */
export class ModelShelf {
  readonly #options: ShelfOptions;
  readonly #slots = new Map<string, Slot>();

  constructor(options: ShelfOptions = {}) {
    this.#options = options;
  }

  /**
   * @param live what is live now
   * @returns null when nothing is promoted, shipped or named by the settings
   * @throws FatalError `MODEL_ABSENT`, `MODEL_INVALID` when none of the versions can be opened; RetryableError when the
   * registry cannot be reached
   */
  async open(
    name: ModelName,
    settings: OpenSettings,
    live: LiveRef | undefined,
    log: ShelfLog,
  ): Promise<Opened | null> {
    const versions = settings.modelPath ? [] : candidates(name, live);
    const wanted = `${settings.modelPath} ${versions.join(" ")}`;
    const key = `${name} ${settings.threads} ${settings.provider}`;
    const slot = this.#slots.get(key);
    if (slot?.wanted === wanted) return slot.opened;
    const opened = this.#replace(slot, name, settings, versions, log);
    this.#slots.set(key, { name, settings, wanted, opened });
    opened.catch(() => {
      if (this.#slots.get(key)?.opened === opened) this.#slots.delete(key);
    });
    return opened;
  }

  /** What this process has open, and how. */
  openSlots(): Pick<Slot, "name" | "settings">[] {
    return [...this.#slots.values()].map(({ name, settings }) => ({ name, settings }));
  }

  async #replace(
    slot: Slot | undefined,
    name: ModelName,
    settings: OpenSettings,
    versions: readonly string[],
    log: ShelfLog,
  ): Promise<Opened | null> {
    const before = await slot?.opened.catch(() => null);
    // The same version under another previous one: nothing to load.
    if (before && !before.trouble && before.version === versions[0]) return before;
    const opened = settings.modelPath
      ? await this.#openFile(name, settings.modelPath, settings)
      : await this.#openFirst(name, versions, settings, log);
    if (this.#options.exclusive) await before?.model[Symbol.asyncDispose]();
    if (opened)
      log.info(`${name} ${opened.version}: ${opened.model.path}`, {
        digest: opened.model.digest,
        classes: opened.model.card.names.length,
      });
    return opened;
  }

  async #openFile(name: ModelName, path: string, settings: OpenSettings): Promise<Opened> {
    const model = await open(name, { path }, settings);
    return { model, version: `file:${basename(path)}-${model.digest.slice(0, 8)}` };
  }

  async #openFirst(
    name: ModelName,
    versions: readonly string[],
    settings: OpenSettings,
    log: ShelfLog,
  ): Promise<Opened | null> {
    let trouble: string | undefined;
    let first: unknown;
    for (const version of versions) {
      try {
        const model = await this.#openVersion(name, version, settings);
        return { model, version, ...(trouble === undefined ? {} : { trouble }) };
      } catch (error) {
        if (error instanceof RetryableError) throw error;
        first ??= error;
        trouble ??= `${name} ${version} does not load: ${toFailure(error).message}`.slice(0, 500);
        log.warn(`${name} ${version} does not load, the version before it is used`, {
          error: toFailure(error).message,
        });
      }
    }
    if (first === undefined) return null;
    throw first instanceof FatalError
      ? first
      : new FatalError("MODEL_INVALID", trouble ?? `${name} does not load`, { cause: first });
  }

  async #openVersion(name: ModelName, version: string, settings: OpenSettings): Promise<Model> {
    const { bus } = this.#options;
    if (version === SHIPPED) return open(name, { path: declaredModel(name).shipped ?? "" }, settings);
    const record = bus && (await readVersion(bus, name, version)).value;
    if (!bus || !record) throw new FatalError("MODEL_ABSENT", `there is no record of ${name} ${version}`);
    const folder = this.#options.cacheDir ?? modelCacheDir();
    const path = await fetchVersion(bus, record, { folder });
    const { names, ...card } = record.card;
    const model = await open(name, { path, card: { names, ...defined(card) } }, settings);
    const file = cachedPath(folder, record);
    await sweepCache(file.slice(0, -basename(file).length), new Set([basename(file)])).catch(() => []);
    return model;
  }
}

/** The versions to try, best first. */
function candidates(name: ModelName, live: LiveRef | undefined): string[] {
  const { shipped } = declaredModel(name);
  const all = [live?.version, live?.previous, ...(shipped ? [SHIPPED] : [])];
  return [...new Set(all.filter((version) => version !== null && version !== undefined))];
}

/** Opens a file as a model, and closes it again when its classes are not those the stage needs. */
async function open(
  name: ModelName,
  file: Pick<OpenModelOptions, "path" | "card">,
  settings: OpenSettings,
): Promise<Model> {
  const model = await openModel({
    ...file,
    ...shapeOf(name),
    ...runtime(settings),
    apart: declaredModel(name).apart === true && leavesACore(settings),
  });
  try {
    checkCard(name, model.card, model.path);
  } catch (error) {
    await model[Symbol.asyncDispose]();
    throw error;
  }
  return model;
}

const shapeOf = (name: ModelName) => {
  const { input, output, outputTypes } = declaredModel(name);
  return { ...(input ? { input } : {}), ...(output ? { output } : {}), outputTypes };
};

/** Whether work beside a run has a core of its own. Without one it only slows the run: measured on two cores, a tenth more CPU for nothing. */
const leavesACore = ({ threads = 0, provider = "cpu" }: OpenSettings) =>
  (threads > 0 && threads < availableParallelism()) || provider !== "cpu";

const runtime = ({ threads, provider }: OpenSettings) => ({
  ...(threads === undefined ? {} : { threads }),
  ...(provider === undefined ? {} : { provider }),
});

/** The fields that are set. */
const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
