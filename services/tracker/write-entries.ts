import type { KV } from "@nats-io/kv";
import { ApiCode, apiCode } from "#shared/bus";
import { type History, RunEntry } from "#shared/history";

const ROUND = 100;
/** Between rounds: a run that runs through several states meanwhile is written once. */
const REST_MS = 50;
const TRIES = 5;

/**
 * Brings KV bucket `runs` up to date with the tables. Several trackers may do so at once: an entry is only replaced by one
 * of a later message (stream creation time, then sequence), by compare-and-set, so whoever comes late changes nothing.
 */
export class EntryWriter {
  readonly #history: History;
  readonly #kv: KV;
  readonly #epochs: ReadonlyMap<string, number>;
  readonly #onProblem: (error: unknown) => void;
  #running: Promise<void> | undefined;
  #again = false;
  #closed = false;

  constructor(
    history: History,
    kv: KV,
    epochs: ReadonlyMap<string, number>,
    onProblem: (error: unknown) => void,
  ) {
    this.#history = history;
    this.#kv = kv;
    this.#epochs = epochs;
    this.#onProblem = onProblem;
  }

  /** Something changed; returns at once. */
  wake(): void {
    this.#again = true;
    this.#running ??= this.#write().finally(() => {
      this.#running = undefined;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #write(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      try {
        const entries = this.#history.unwrittenEntries(this.#epochs, ROUND);
        const results = await Promise.allSettled(entries.map((entry) => writeEntry(this.#kv, entry)));
        if (this.#closed) return;
        for (const [i, entry] of entries.entries())
          if (results[i]!.status === "fulfilled") this.#history.entryWritten(entry);
        const failed = results.find((result) => result.status === "rejected");
        if (failed) throw failed.reason;
        if (entries.length === ROUND) this.#again = true;
      } catch (error) {
        // What was not written is still unwritten: the next change, or the tracker's own tick, tries again.
        this.#onProblem(error);
      }
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }
}

/** Writes one entry unless the bucket holds one of the same or a later message. */
export async function writeEntry(kv: KV, entry: RunEntry): Promise<void> {
  const json = JSON.stringify(entry);
  for (let attempt = 1; ; attempt++) {
    const found = await kv.get(entry.uid);
    if (found?.operation === "PUT" && !isLater(entry, found.string())) return;
    try {
      if (found) await kv.update(entry.uid, json, found.revision);
      else await kv.create(entry.uid, json);
      return;
    } catch (error) {
      const raced =
        apiCode(error) === ApiCode.wrongLastSequence || apiCode(error) === ApiCode.wrongLastSequenceConstant;
      if (!raced || attempt === TRIES) throw error;
    }
  }
}

/** True when the entry is of a later message than the one held; an entry nobody can read is replaced. */
export function isLater(entry: Pick<RunEntry, "epoch" | "seq" | "pipeline">, held: string): boolean {
  try {
    const { epoch, seq, pipeline } = RunEntry.parse(JSON.parse(held));
    if (pipeline !== entry.pipeline || epoch === entry.epoch)
      return entry.seq > seq || pipeline !== entry.pipeline;
    return entry.epoch > epoch;
  } catch {
    return true;
  }
}
