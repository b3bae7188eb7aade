import fc from "fast-check";
import { expect, test } from "vitest";
import { inChunks } from "./put-object.ts";

test("pieces of any size become chunks of one size and lose nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 12 }), async (pieces) => {
      const chunks: Uint8Array[] = [];
      async function* source() {
        yield* pieces;
      }
      for await (const chunk of inChunks(source(), 8)) chunks.push(chunk);
      expect(Buffer.concat(chunks)).toEqual(Buffer.concat(pieces));
      expect(chunks.slice(0, -1).every((chunk) => chunk.byteLength === 8)).toBe(true);
      expect(chunks.every((chunk) => chunk.byteLength > 0)).toBe(true);
    }),
  );
});
