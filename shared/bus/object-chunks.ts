import type { ObjectResult, ObjectStore } from "@nats-io/obj";

/** After so long without a chunk the object's record is looked at again, ms. */
const SILENCE_MS = 2_000;
/** So many looks in a row without a chunk: it does not come any more. */
const LOOKS = 15;

/**
 * The bytes of an object, chunk by chunk. The client waits for ever for the chunks of an object that is deleted or written
 * anew while it is read; here that is noticed.
 * @throws Error that says so; what the store finds wrong with the bytes (`object.error`) is the reader's to ask
 */
export async function* objectChunks(
  store: ObjectStore,
  object: ObjectResult,
  silenceMs = SILENCE_MS,
): AsyncGenerator<Uint8Array> {
  const { bucket, name, nuid } = object.info;
  const reader = object.data.getReader();
  try {
    for (;;) {
      const next = reader.read();
      let arrived = await within(next, silenceMs);
      for (let look = 1; !arrived; look++) {
        const now = await store.info(name);
        if (!now || now.deleted || now.nuid !== nuid)
          throw new Error(`object ${bucket}/${name} was deleted or written anew while it was read`);
        if (look === LOOKS)
          throw new Error(`no more of object ${bucket}/${name} has come for ${(LOOKS * silenceMs) / 1000} s`);
        arrived = await within(next, silenceMs);
      }
      if (arrived.done) return;
      yield arrived.value;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** What a promise gives within a time, else undefined. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
