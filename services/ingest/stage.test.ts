import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { DiagramEvent } from "#shared/messages";
import { readPicture } from "#shared/raster";
import { memoryContext } from "#shared/stage";
import { findTesseract } from "#shared/tags";
import { drawSheet } from "#test/draw-sheet";
import { makePdf } from "#test/make-pdf";
import stage from "./stage.ts";

async function ingest(
  bytes: Uint8Array,
  message: Partial<Parameters<typeof stage.handle>[0]> = {},
  settings: Record<string, unknown> = {},
) {
  const context = await memoryContext(stage, settings, { run: "d1" });
  const ref = context.seed("source", bytes, "inbox");
  const input = { review: "none" as const, object: `${ref.bucket}/${ref.key}`, ...message };
  const result = await stage.handle(input, context);
  return { context, emissions: Array.isArray(result) ? result : [result] };
}

/** The sheet of a file that is expected to give one. */
async function sheetOf(bytes: Uint8Array, message = {}, settings = {}) {
  const { context, emissions } = await ingest(bytes, message, settings);
  expect(emissions.map(({ type }) => type)).toEqual(["diagram.ingested"]);
  const body = emissions[0]!.body as DiagramEvent;
  const { "sheet.png": image, "sheet_grey.png": grey, "sheet.json": json } = body.artifacts;
  const read = (ref: typeof image) => readPicture(context.store.get(`${ref!.bucket}/${ref!.key}`)!);
  return {
    body,
    picture: await read(image),
    ...(grey && { grey: await read(grey) }),
    sheet: JSON.parse(context.text(json!)),
  };
}

/** Values of one pixel. */
const at = (p: Awaited<ReturnType<typeof readPicture>>, x: number, y: number) => [
  ...p.data.subarray((y * p.width + x) * p.channels, (y * p.width + x + 1) * p.channels),
];

describe("an image of any kind becomes an upright 8-bit sheet", () => {
  it("stores a black and white drawing with one channel, and its size in the event", async () => {
    const { body, picture, sheet } = await sheetOf(
      await drawSheet().withMetadata({ density: 200 }).png().toBuffer(),
    );
    expect(body).toMatchObject({ uid: "d1", sheet: { widthPx: 1200, heightPx: 900 }, warnings: [] });
    expect(picture).toMatchObject({ width: 1200, height: 900, channels: 1 });
    expect(body.artifacts).not.toHaveProperty("sheet_grey.png");
    expect(sheet).toMatchObject({
      uid: "d1",
      dpi: 200,
      page: 1,
      pages: 1,
      format: "png",
      quality: { score: 1, reasons: [] },
    });
    expect(at(picture, 600, 180)[0]).toBeLessThan(64);
  });

  it("keeps colour", async () => {
    const { picture, grey } = await sheetOf(await drawSheet({ ink: "#c00" }).png().toBuffer());
    expect(at(picture, 600, 180)).toEqual([204, 0, 0]);
    expect(grey).toMatchObject({ width: 1200, height: 900, channels: 1 });
    expect(at(grey!, 600, 180)).toEqual([Math.round(0.299 * 204)]);
  });

  const variants: Record<string, () => Promise<Uint8Array>> = {
    "CMYK JPEG": () => drawSheet().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer(),
    "grey JPEG": () => drawSheet().toColourspace("b-w").jpeg().toBuffer(),
    "16-bit RGB PNG": () => drawSheet().toColourspace("rgb16").png().toBuffer(),
    "16-bit grey PNG": () => drawSheet().toColourspace("grey16").png().toBuffer(),
    "palette PNG": () => drawSheet().png({ palette: true, colours: 4 }).toBuffer(),
    "1-bit fax TIFF": () =>
      drawSheet().toColourspace("b-w").threshold().tiff({ bitdepth: 1, compression: "ccittfax4" }).toBuffer(),
    WebP: () => drawSheet().webp({ lossless: true }).toBuffer(),
    "interlaced PNG": () => drawSheet().png({ progressive: true }).toBuffer(),
  };
  for (const [kind, make] of Object.entries(variants))
    it(`reads a ${kind}`, async () => {
      const { picture } = await sheetOf(await make());
      expect([picture.width, picture.height]).toEqual([1200, 900]);
      expect(at(picture, 600, 180)[0]).toBeLessThan(80);
      expect(at(picture, 620, 300)[0]).toBeGreaterThan(240);
    });

  it("puts a transparent ground on white", async () => {
    const cut = await drawSheet().ensureAlpha().raw().toBuffer();
    for (let p = 0; p < cut.length; p += 4) cut[p + 3] = 255 - cut[p]!;
    const png = await sharp(cut, { raw: { width: 1200, height: 900, channels: 4 } })
      .png()
      .toBuffer();
    const { picture } = await sheetOf(png);
    expect(at(picture, 620, 300)).toEqual([255]);
    expect(at(picture, 600, 180)).toEqual([0]);
  });

  it("turns a photo upright by its EXIF orientation", async () => {
    const { picture } = await sheetOf(await drawSheet().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect([picture.width, picture.height]).toEqual([900, 1200]);
  });

  it("turns white on black into black on white, and says so", async () => {
    const { picture, body } = await sheetOf(await drawSheet({ ink: "#fff", paper: "#000" }).png().toBuffer());
    expect(at(picture, 620, 300)).toEqual([255]);
    expect(at(picture, 600, 180)[0]).toBeLessThan(64);
    expect(body.warnings).toEqual(["INVERTED"]);
  });

  it("undoes the skew of a scan within a twentieth of a degree, and gives the map from the source", async () => {
    const { sheet, picture } = await sheetOf(
      await drawSheet({ width: 2000, height: 1500, turnDeg: 1.3 }).png().toBuffer(),
    );
    expect(Math.abs(sheet.deskewDeg - 1.3)).toBeLessThan(0.05);
    expect(sheet.quality.reasons).toMatchObject([
      { code: "SKEWED", message: expect.stringContaining("straightened") },
    ]);
    const [a, b, c, d, e, f] = sheet.fromSource;
    // The middle of the source stays the middle of the sheet, where the horizontal pipe at 40 % ends up level.
    expect(picture).toMatchObject({ width: 2000, height: 1500 });
    expect(Math.abs(1000 * a + 750 * b + c - 1000)).toBeLessThanOrEqual(1);
    expect(Math.abs(1000 * d + 750 * e + f - 750)).toBeLessThanOrEqual(1);
    const rowOf = (x: number) => {
      const from = Math.round(picture.height / 2 - 150 - 20);
      let best = from;
      for (let y = from; y < from + 40; y++) if (at(picture, x, y)[0]! < at(picture, x, best)[0]!) best = y;
      return best;
    };
    expect(Math.abs(rowOf(300) - rowOf(picture.width - 300))).toBeLessThanOrEqual(1);
  });

  it("leaves an upright sheet as it is, and a skewed one when told to", async () => {
    const skewed = await drawSheet({ turnDeg: 1 }).png().toBuffer();
    expect((await sheetOf(await drawSheet().png().toBuffer())).sheet.deskewDeg).toBe(0);
    expect((await sheetOf(skewed, {}, { deskew: false })).sheet.deskewDeg).toBe(0);
  });

  it("names the reasons to distrust a blank sheet", async () => {
    const { sheet } = await sheetOf(
      await drawSheet({ ink: "#fff", width: 400, height: 300 }).png().toBuffer(),
    );
    expect(sheet.quality).toMatchObject({
      score: 0,
      reasons: [{ code: "BLANK" }, { code: "LOW_RESOLUTION" }],
    });
  });
});

describe("a sheet that lies on its side or stands on its head", async () => {
  const words = [
    "COOLING WATER",
    "PUMP STATION",
    "STEAM SUPPLY",
    "CONDENSATE",
    "FEED TANK 12",
    "DRAIN TO SEWER",
  ];
  const texts = [200, 560]
    .flatMap((x) => words.map((word, i) => `<text x="${x}" y="${180 + 110 * i}">${word}</text>`))
    .join("");
  const upright = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="1000"><rect width="100%" height="100%" fill="#fff"/><path d="M100 120H1300M100 900H1300M900 100V920" stroke="#000" stroke-width="4"/><g font-family="DejaVu Sans, sans-serif" font-size="26">${texts}</g></svg>`,
    ),
  )
    .greyscale()
    .png()
    .toBuffer();
  const turned = (degrees: number) => sharp(upright).rotate(degrees).png().toBuffer();
  const firstLine = await sharp(upright)
    .extract({ left: 190, top: 150, width: 400, height: 40 })
    .raw()
    .toBuffer();
  const hasFont = firstLine.some((value) => value < 128);
  const canRead = hasFont && (await findTesseract("tesseract")) !== undefined;

  // Needs tesseract, and a font to draw the sheet with.
  it.skipIf(!canRead).each([90, 180, 270])(
    "is turned upright when it was turned by %s°, and the map tells where its pixels went",
    { timeout: 120_000 },
    async (degrees) => {
      const { picture, sheet, body } = await sheetOf(await turned(degrees));
      expect([picture.width, picture.height]).toEqual([1400, 1000]);
      expect(sheet).toMatchObject({ turnedDeg: 360 - degrees, quality: { reasons: [{ code: "TURNED" }] } });
      expect(body.quality).toEqual(sheet.quality);
      // The crossing of the lines is where it was drawn, and came from where the source has it.
      expect(at(picture, 900, 500)[0]).toBeLessThan(64);
      const [a, b, c, d, e, f] = sheet.fromSource;
      const [x, y] = { 90: [500, 900], 180: [500, 500], 270: [500, 500] }[degrees]!;
      expect([a * x! + b * y! + c, d * x! + e * y! + f]).toEqual([900, 500]);
    },
  );

  it.skipIf(!canRead)("is left alone when it is upright", async () => {
    const { sheet } = await sheetOf(upright);
    expect(sheet).toMatchObject({ turnedDeg: 0, fromSource: [1, 0, 0, 0, 1, 0], quality: { reasons: [] } });
  });

  it.skipIf(!hasFont)("is doubted where nobody can read which way is up", async () => {
    const { sheet } = await sheetOf(await turned(90), {}, { tesseract: "no-such-program" });
    expect(sheet).toMatchObject({ turnedDeg: 0, widthPx: 1000, quality: { reasons: [{ code: "ROTATED" }] } });
    const told = await sheetOf(await turned(90), {}, { turn: false });
    expect(told.sheet.quality.reasons).toMatchObject([{ code: "ROTATED" }]);
  });
});

describe("documents", () => {
  it("draws a PDF page at the asked resolution, black text without colour fringes", async () => {
    const { picture, sheet } = await sheetOf(makePdf(1), {}, { dpi: 144 });
    expect(picture).toMatchObject({ width: 1190, height: 1684, channels: 1 });
    expect(sheet).toMatchObject({ format: "pdf", dpi: 144, page: 1, pages: 1 });
    expect(at(picture, 600, 1684 - 144)[0]).toBeLessThan(64);
  });

  it("lowers the resolution of a large page instead of refusing it", async () => {
    const { picture, sheet } = await sheetOf(
      makePdf(1, { widthPt: 7200, heightPt: 7200 }),
      {},
      { maxDrawnPixels: 4e6 },
    );
    expect(picture.width * picture.height).toBeLessThanOrEqual(4e6);
    expect(sheet.dpi).toBe(20);
  });

  it("gives one diagram per page of a PDF, and draws the page each child names", async () => {
    const { emissions } = await ingest(makePdf(3), { name: "plant.pdf", review: "auto" });
    expect(
      emissions.map(({ type, body }) => [type, body.uid, "page" in body ? body.page : undefined]),
    ).toEqual([
      ["diagram.uploaded", "d1-p1", 1],
      ["diagram.uploaded", "d1-p2", 2],
      ["diagram.uploaded", "d1-p3", 3],
      ["diagram.split", "d1", undefined],
    ]);
    expect(emissions[1]).toMatchObject({ id: "d1-p2", body: { name: "plant.pdf (page 2)", review: "auto" } });
    expect(emissions[3]!.body).toMatchObject({ pages: ["d1-p1", "d1-p2", "d1-p3"] });
    const { picture } = await sheetOf(makePdf(3), { uid: "d1-p2", page: 2 }, { dpi: 72 });
    expect(at(picture, 300, 842 - 144)[0]).toBeLessThan(64);
  });

  it("splits a TIFF of several pages too", async () => {
    const pages = await Promise.all(["#000", "#c00"].map((ink) => drawSheet({ ink }).png().toBuffer()));
    const tiff = await sharp(pages, { join: { animated: true } })
      .tiff({ compression: "deflate" })
      .toBuffer();
    expect((await ingest(tiff)).emissions.map(({ type }) => type)).toEqual([
      "diagram.uploaded",
      "diagram.uploaded",
      "diagram.split",
    ]);
    const { picture, sheet } = await sheetOf(tiff, { page: 2 });
    expect(sheet).toMatchObject({ format: "tiff", page: 2, pages: 2 });
    expect(at(picture, 600, 180)).toEqual([204, 0, 0]);
  });

  it("keeps a child's uid within 64 characters and unlike its siblings'", async () => {
    const uid = "u".repeat(64);
    const ids = (await ingest(makePdf(2), { uid })).emissions.map(({ body }) => body.uid);
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => id!.length <= 64)).toBe(true);
  });

  it("draws an SVG whose document type and hyperlinks are harmless", async () => {
    const svg = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="400" height="300">
      <a xlink:href="https://example.org/"><path d="M50 150H350" stroke="#000" stroke-width="4"/></a></svg>`;
    const { picture, sheet } = await sheetOf(Buffer.from(svg), {}, { dpi: 192 });
    expect(picture).toMatchObject({ width: 800, height: 600, channels: 1 });
    expect(sheet.dpi).toBe(192);
    expect(at(picture, 400, 300)).toEqual([0]);
  });
});

describe("the drop folder", () => {
  it("is closed unless one is set, and no path leads out of it", async () => {
    await expect(ingest(new Uint8Array(1), { object: undefined, file: "a.png" })).rejects.toMatchObject({
      code: "FILE_NOT_ALLOWED",
    });
    const root = await mkdtemp(join(tmpdir(), "penstock-drop-"));
    try {
      await mkdir(join(root, "drop"));
      await writeFile(join(root, "secret.png"), await drawSheet().png().toBuffer());
      await writeFile(join(root, "drop", "ok.png"), await drawSheet().png().toBuffer());
      await symlink(join(root, "secret.png"), join(root, "drop", "link.png"));
      const take = (file: string) =>
        ingest(new Uint8Array(1), { object: undefined, file }, { dropFolder: join(root, "drop") });
      expect((await take("ok.png")).emissions[0]!.type).toBe("diagram.ingested");
      for (const file of ["../secret.png", "link.png", join(root, "secret.png"), "a\0.png", "..\\secret.png"])
        await expect(take(file), file).rejects.toMatchObject({ code: "FILE_NOT_ALLOWED", kind: "permanent" });
      await expect(take("none.png")).rejects.toMatchObject({ code: "FILE_ABSENT" });
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
