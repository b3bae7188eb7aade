import { expect, test } from "vitest";
import { limited } from "./store-upload.ts";

async function* chunks(...sizes: number[]) {
  for (const size of sizes) yield new Uint8Array(size);
}

test("a source over the limit ends in an error that names it, and is not read further", async () => {
  let read = 0;
  async function* endless() {
    for (;;) {
      read++;
      yield new Uint8Array(1000);
    }
  }
  const drain = async () => {
    for await (const piece of limited(endless(), 5_000)) expect(piece.byteLength).toBe(1000);
  };
  await expect(drain()).rejects.toMatchObject({
    code: "UPLOAD_TOO_LARGE",
    message: expect.stringContaining("5000"),
  });
  expect(read).toBe(6);
});

test("a source of zero bytes is refused", async () => {
  await expect(limited(chunks(0, 0), 10).next()).rejects.toMatchObject({ code: "UPLOAD_EMPTY" });
});
