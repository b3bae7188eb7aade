import fc from "fast-check";
import { expect, test } from "vitest";
import { boundaryOf, parseMultipart, partText } from "./multipart.ts";

async function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, boundary: string, size: number) {
  const parts = [];
  for await (const part of parseMultipart(cut(bytes, size), boundary)) {
    const chunks = [];
    for await (const chunk of part.bytes) chunks.push(Buffer.from(chunk));
    parts.push({ name: part.name, filename: part.filename, bytes: Buffer.concat(chunks) });
  }
  return parts;
}

/** The bytes the platform's own encoder makes. */
async function encoded(form: FormData) {
  const response = new Response(form);
  const boundary = boundaryOf(response.headers.get("content-type") ?? "");
  return { bytes: new Uint8Array(await response.arrayBuffer()), boundary: boundary ?? "" };
}

test("fields and files come out as they went in, however the bytes are cut", async () => {
  const form = new FormData();
  form.set("review", "manual");
  form.set("empty", "");
  form.set("file", new Blob([Uint8Array.of(13, 10, 45, 45, 0, 255)]), 'Лист "4".png');
  const { bytes, boundary } = await encoded(form);
  for (const size of [1, 2, 3, 7, 64, 100_000])
    expect(await read(bytes, boundary, size)).toEqual([
      { name: "review", filename: undefined, bytes: Buffer.from("manual") },
      { name: "empty", filename: undefined, bytes: Buffer.alloc(0) },
      { name: "file", filename: 'Лист "4".png', bytes: Buffer.of(13, 10, 45, 45, 0, 255) },
    ]);
});

test("any bytes survive, those that look like boundaries included", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("\r\n", "--", "\r\n--x", "-", "a", "\r", "\n", "--x--"), { maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      async (pieces, size) => {
        const content = Buffer.from(pieces.join(""));
        const form = new FormData();
        form.set("file", new Blob([content]), "f");
        const { bytes, boundary } = await encoded(form);
        const [part] = await read(bytes, boundary, size);
        expect(part?.bytes.equals(content)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test("a part that is not read is skipped", async () => {
  const form = new FormData();
  form.set("a", "x".repeat(10_000));
  form.set("b", "2");
  const { bytes, boundary } = await encoded(form);
  const seen: string[] = [];
  for await (const part of parseMultipart(cut(bytes, 100), boundary)) {
    seen.push(part.name);
    if (part.name === "b") expect(await partText(part)).toBe("2");
  }
  expect(seen).toEqual(["a", "b"]);
});

test("a body that ends early, has no boundary or endless headers is refused", async () => {
  const truncated = Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf');
  await expect(read(truncated, "x", 10)).rejects.toMatchObject({ code: "BAD_MULTIPART" });
  expect(() => boundaryOf("multipart/form-data")).toThrow(expect.objectContaining({ code: "BAD_MULTIPART" }));
  const endless = Buffer.from(`--x\r\nX: ${"y".repeat(20_000)}`);
  await expect(read(endless, "x", 4096)).rejects.toMatchObject({ message: expect.stringContaining("8192") });
  expect(boundaryOf("application/octet-stream")).toBeUndefined();
});
