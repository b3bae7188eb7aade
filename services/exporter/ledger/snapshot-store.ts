import type { KV } from "@nats-io/kv";
import { ApiCode, apiCode } from "#shared/bus";
import { emptyCounts } from "../counts/counts.ts";
import { Snapshot, supersedes } from "./snapshot.ts";

const WITHOUT_HOSTS = "exporter.counts";
const WITH_HOSTS = "exporter.counts-by-host";

/**
 * Keeps the counts of all replicas under one key. Any replica goes on from it, and each replaces it by compare-and-set when
 * it has counted further; one that loses the race has lost nothing, since the winner's snapshot is as good.
 */
export class SnapshotStore {
  readonly #kv: KV;
  readonly #byHost: boolean;

  /** @param byHost snapshots with and without hosts are kept apart */
  constructor(kv: KV, byHost: boolean) {
    this.#kv = kv;
    this.#byHost = byHost;
  }

  /** The snapshot, or null when there is none this version can read: everything is counted from the first message then. */
  async load(): Promise<Snapshot | null> {
    const { snapshot } = await this.#read(this.#key);
    if (snapshot || !this.#byHost) return snapshot;
    // Hosts are told apart from now on; what was counted without them stays.
    const { snapshot: plain } = await this.#read(WITHOUT_HOSTS);
    return plain && { ...plain, counts: { ...plain.counts, hosts: emptyCounts(true).hosts } };
  }

  /** @returns false when the snapshot that is there tells as much, or another replica was faster */
  async save(snapshot: Snapshot): Promise<boolean> {
    const { snapshot: held, revision } = await this.#read(this.#key);
    if (held && !supersedes(snapshot.places, held.places)) return false;
    try {
      const text = JSON.stringify(snapshot);
      if (revision === 0) await this.#kv.create(this.#key, text);
      else await this.#kv.update(this.#key, text, revision);
      return true;
    } catch (error) {
      const code = apiCode(error);
      if (code === ApiCode.wrongLastSequence || code === ApiCode.wrongLastSequenceConstant) return false;
      throw error;
    }
  }

  get #key(): string {
    return this.#byHost ? WITH_HOSTS : WITHOUT_HOSTS;
  }

  async #read(key: string): Promise<{ snapshot: Snapshot | null; revision: number }> {
    const entry = await this.#kv.get(key);
    if (!entry) return { snapshot: null, revision: 0 };
    return {
      snapshot: entry.operation === "PUT" ? parsed(entry.string()) : null,
      revision: entry.revision,
    };
  }
}

function parsed(text: string): Snapshot | null {
  try {
    return Snapshot.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
