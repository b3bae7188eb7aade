import { putObject } from "#shared/artifacts";
import { type Bus, openObjects } from "#shared/bus";
import type { ModelName } from "#shared/messages";

/** What an earlier attempt at a training left, and where this one leaves its own. */
export interface Checkpoints {
  /** The newest one of this training, whichever attempt wrote it; null at first. */
  load(): Promise<Uint8Array | null>;
  save(bytes: Uint8Array): Promise<void>;
}

/** Objects are never replaced: a checkpoint is a new one, and the last is found by counting. */
const keyOf = (run: string, model: ModelName, attempt: number, count: number) =>
  `${run}/checkpoints/${model}-a${attempt}-${count}`;

/** Checkpoints of one training of a run, in the object store `artifacts`; they go with the run. */
export function openCheckpoints(bus: Bus, run: string, model: ModelName, attempt: number): Checkpoints {
  const store = openObjects(bus, "artifacts");
  store.catch(() => {});
  const exists = async (key: string) => {
    const info = await (await store).info(key);
    return info !== null && !info.deleted;
  };
  /** How many an attempt has written. */
  const countOf = async (of: number) => {
    let count = 0;
    while (await exists(keyOf(run, model, of, count))) count++;
    return count;
  };
  let next: Promise<number> | undefined;
  return {
    async load() {
      for (let of = attempt; of >= 1; of--) {
        const count = await countOf(of);
        if (count > 0) return (await store).getBlob(keyOf(run, model, of, count - 1));
      }
      return null;
    },
    async save(bytes) {
      next ??= countOf(attempt);
      const count = await next;
      next = Promise.resolve(count + 1);
      await putObject(bus, "artifacts", keyOf(run, model, attempt, count), [bytes]);
    },
  };
}
