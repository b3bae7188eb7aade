import { crc32, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { memoryContext } from "#shared/stage";
import { drawSheet } from "#test/draw-sheet";
import { makePdf } from "#test/make-pdf";
import stage from "./stage.ts";

/** A PNG whose header claims a size; the pixels of it would fill the memory of the machine. */
function bomb(side: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    out.set(body, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const pixels = deflateSync(new Uint8Array(30_000_000), { level: 9 });
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

const svg = (inner: string, before = "") =>
  Buffer.from(
    `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">${inner}</svg>`,
  );

const cases: [what: string, make: () => Promise<Uint8Array> | Uint8Array, code: string, message?: RegExp][] =
  [
    ["a file of zero bytes", () => new Uint8Array(0), "EMPTY_FILE", /0 bytes/],
    ["a file that is no image", () => Buffer.from("MZ\x90\x00 this is a program"), "NOT_AN_IMAGE", /4d5a/],
    ["an HTML page", () => Buffer.from("<!doctype html><html><body>Not found</body></html>"), "NOT_AN_IMAGE"],
    [
      "a 60,000 × 60,000 PNG of 30 kB",
      () => bomb(60_000),
      "IMAGE_TOO_LARGE",
      /60000 × 60000.*limit is 150 million/,
    ],
    [
      "a PNG cut off in the middle",
      async () => (await drawSheet().png().toBuffer()).subarray(0, 4000),
      "IMAGE_TRUNCATED",
    ],
    [
      "a JPEG cut off in the middle",
      async () => (await drawSheet().jpeg().toBuffer()).subarray(0, 9000),
      "IMAGE_TRUNCATED",
    ],
    [
      "a WebP cut off in the middle",
      async () => (await drawSheet().webp().toBuffer()).subarray(0, 3000),
      "IMAGE_TRUNCATED",
    ],
    [
      "a TIFF cut off in the middle",
      async () => (await drawSheet().tiff().toBuffer()).subarray(0, 9000),
      "IMAGE_TRUNCATED",
    ],
    [
      "a PNG that ends in its header",
      async () => (await drawSheet().png().toBuffer()).subarray(0, 20),
      "IMAGE_TRUNCATED",
    ],
    [
      "a PNG with rubbish for pixels",
      async () => {
        const png = await drawSheet().png({ compressionLevel: 0 }).toBuffer();
        return png.fill(0xa5, 200, 4000);
      },
      "IMAGE_BROKEN",
    ],
    ["a PDF of 500 pages", () => makePdf(500), "PDF_TOO_MANY_PAGES", /500 pages, the limit is 200/],
    ["a PDF with a password", () => makePdf(1, { locked: true }), "PDF_ENCRYPTED", /password/],
    ["a PDF without an end or a beginning", () => makePdf(2).subarray(0, 60), "PDF_BROKEN"],
    [
      "an SVG with an entity",
      () => svg("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      "SVG_UNSAFE",
    ],
    [
      "an SVG that shows a file",
      () => svg('<image xlink:href="file:///etc/passwd"/>'),
      "SVG_UNSAFE",
      /file:/,
    ],
    ["an SVG that shows a page", () => svg('<image href="http://example.org/a.png"/>'), "SVG_UNSAFE"],
    [
      "an SVG that includes text",
      () => svg('<xi:include href="#a" xmlns:xi="http://www.w3.org/2001/XInclude"/>'),
      "SVG_UNSAFE",
    ],
    [
      "an SVG with a foreign pattern",
      () => svg("<path style=\"fill:url('http://example.org/p.svg#a')\"/>"),
      "SVG_UNSAFE",
    ],
    [
      "an SVG with a style sheet",
      () => svg("", '<?xml-stylesheet type="text/css" href="a.css"?>'),
      "SVG_UNSAFE",
    ],
    ["an SVG within an SVG", () => svg('<image href="data:image/svg+xml;base64,AAAA"/>'), "SVG_UNSAFE"],
    ["an SVG that is not XML", () => svg("<path"), "IMAGE_BROKEN"],
  ];

async function ingest(bytes: Uint8Array, message = {}, settings = {}) {
  const context = await memoryContext(stage, settings);
  const ref = context.seed("source", bytes, "inbox");
  return stage.handle({ review: "none", object: `${ref.bucket}/${ref.key}`, ...message }, context);
}

describe("bad input ends in a permanent error with its own code", () => {
  for (const [what, make, code, message] of cases)
    it(`${what}: ${code}`, async () => {
      const failure = await ingest(await make()).then(
        () => undefined,
        (error) => error,
      );
      expect(failure).toMatchObject({ code, kind: "permanent" });
      if (message) expect(failure.message).toMatch(message);
    });

  it("a page the file does not have: PAGE_ABSENT", async () => {
    await expect(ingest(makePdf(2), { page: 3 })).rejects.toMatchObject({
      code: "PAGE_ABSENT",
      kind: "permanent",
    });
    await expect(ingest(await drawSheet().png().toBuffer(), { page: 2 })).rejects.toMatchObject({
      code: "PAGE_ABSENT",
    });
  });

  it("a page out of 500 may be asked for", async () => {
    await expect(ingest(makePdf(500), { page: 500 }, { dpi: 72 })).resolves.toMatchObject({
      type: "diagram.ingested",
    });
  });

  it("a source larger than the limit is refused before it is read: ARTIFACT_TOO_LARGE", async () => {
    await expect(ingest(new Uint8Array(1_000_001), {}, { maxMegabytes: 1 })).rejects.toMatchObject({
      code: "ARTIFACT_TOO_LARGE",
    });
  });

  it("an object that does not exist: ARTIFACT_MISSING", async () => {
    await expect(ingest(new Uint8Array(1), { object: "inbox/none" })).rejects.toMatchObject({
      code: "ARTIFACT_MISSING",
    });
  });
});
