import { expect, it } from "vitest";
import { withBus } from "#test/with-bus";
import { type Bus, objectChunks, openObjects } from "./index.ts";

let bus: Bus;

withBus([], (own) => {
  ({ bus } = own);
});

async function stored(name: string, bytes: Uint8Array) {
  const store = await openObjects(bus, "models");
  const { nuid } = await store.putBlob({ name }, bytes);
  return { store, chunks: `$O.models.C.${nuid}` };
}

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

it("gives an object's bytes in order", async () => {
  const bytes = new Uint8Array(600_000).map((_, i) => i * 13);
  const { store } = await stored("whole", bytes);
  const object = await store.get("whole");
  expect(Buffer.compare(await readAll(objectChunks(store, object!)), bytes)).toBe(0);
});

it("ends with a reason when the object is deleted under its reader, who would wait for ever", async () => {
  const { store, chunks } = await stored("going", new Uint8Array(300_000));
  await bus.jsm.streams.purge("OBJ_models", { filter: chunks });
  const object = await store.get("going");
  const reading = readAll(objectChunks(store, object!, 50));
  await store.delete("going");
  await expect(reading).rejects.toThrow("object models/going was deleted or written anew while it was read");
});

it("ends with a reason when chunks are gone from the store and do not come", async () => {
  const { store, chunks } = await stored("hollow", new Uint8Array(300_000));
  await bus.jsm.streams.purge("OBJ_models", { filter: chunks });
  const object = await store.get("hollow");
  await expect(readAll(objectChunks(store, object!, 20))).rejects.toThrow(/no more of object models\/hollow/);
});
