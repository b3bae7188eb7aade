import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { createMask } from "./mask.ts";
import { paintStroke } from "./paint.ts";
import { readMaskPng } from "./read-png.ts";
import { createPainting } from "./strokes.ts";
import { writeGreyPng } from "./write-png.ts";

const draw = ({ widthPx, levels }: ReturnType<typeof createMask>) =>
  Array.from({ length: levels[0]!.data.length / widthPx }, (_, y) =>
    [...levels[0]!.data.subarray(y * widthPx, (y + 1) * widthPx)].map((v) => (v ? "#" : ".")).join(""),
  );

test("a stroke covers the pixels whose middle is within its radius", () => {
  const mask = createMask(9, 5, new Uint8Array(45));
  paintStroke(mask, [2.5, 2.5], [6.5, 2.5], 1, 255);
  expect(draw(mask)).toEqual([".........", "..#####..", ".#######.", "..#####..", "........."]);
  paintStroke(mask, [4.5, 2.5], [4.5, 2.5], 0.5, 0);
  expect(draw(mask)[2]).toBe(".###.###.");
});

const stroke = fc.record({
  from: fc.tuple(fc.integer({ min: -20, max: 720 }), fc.integer({ min: -20, max: 620 })),
  to: fc.tuple(fc.integer({ min: -20, max: 720 }), fc.integer({ min: -20, max: 620 })),
  radius: fc.integer({ min: 1, max: 30 }),
  value: fc.constantFrom<0 | 255>(0, 255),
});

test("whatever is painted, undoing it gives the mask as it was, at every level, and redoing it paints it again", () => {
  fc.assert(
    fc.property(fc.array(stroke, { maxLength: 6 }), (strokes) => {
      const pixels = new Uint8Array(700 * 600).map((_, i) => (i % 97 < 9 ? 255 : 0));
      const painting = createPainting(createMask(700, 600, pixels));
      const snapshot = () => painting.mask.levels.map(({ data }) => Buffer.from(data).toString("base64"));
      const before = snapshot();
      for (const { from, to, radius, value } of strokes) {
        painting.paint(from, to, radius, value);
        painting.end();
      }
      const after = snapshot();
      while (painting.canUndo) painting.undo();
      expect(snapshot()).toEqual(before);
      while (painting.canRedo) painting.redo();
      expect(snapshot()).toEqual(after);
      // The smaller copies are what they would be, made from the mask at once.
      const fresh = createMask(700, 600, painting.mask.levels[0]!.data.slice());
      expect(fresh.levels.map(({ data }) => Buffer.from(data).toString("base64"))).toEqual(after);
    }),
    { numRuns: 30 },
  );
});

test("a one-pixel line is seen at every level", () => {
  const pixels = new Uint8Array(3000 * 2000);
  pixels.fill(255, 999 * 3000, 1000 * 3000);
  const { levels } = createMask(3000, 2000, pixels);
  expect(levels.length).toBe(4);
  for (const [i, { data, widthPx }] of levels.entries()) expect(data[(999 >> i) * widthPx + 7]).toBe(255);
});

test("what is written is an 8-bit grey PNG that an independent reader understands, and ours reads back", async () => {
  const pixels = new Uint8Array(301 * 200).map((_, i) => ((i * 7919) % 13 < 4 ? 255 : 0));
  const file = Buffer.from(await (await writeGreyPng(301, 200, pixels)).arrayBuffer());
  const { data, info } = await sharp(file).toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
  expect({ ...info, size: undefined }).toMatchObject({ width: 301, height: 200, channels: 1 });
  expect(data.equals(Buffer.from(pixels))).toBe(true);
  expect((await sharp(file).metadata()).depth).toBe("uchar");
  const read = await readMaskPng(file);
  expect(Buffer.from(read.data).equals(Buffer.from(pixels))).toBe(true);
});

test.each([
  ["grey, filtered", (image: Sharp) => image.toColourspace("b-w").png({ adaptiveFiltering: true })],
  ["RGB, filtered", (image: Sharp) => image.toColourspace("srgb").png({ adaptiveFiltering: true })],
  ["RGBA", (image: Sharp) => image.toColourspace("srgb").ensureAlpha().png()],
  ["palette of two", (image: Sharp) => image.png({ palette: true, colours: 2 })],
])("a mask as others write it is read: %s", async (_, write) => {
  const pixels = Buffer.from(
    new Uint8Array(203 * 99).map((_, i) => ((i % 203) + Math.floor(i / 203) < 90 ? 255 : 0)),
  );
  const file = await write(sharp(pixels, { raw: { width: 203, height: 99, channels: 1 } })).toBuffer();
  const { widthPx, heightPx, data } = await readMaskPng(file);
  expect([widthPx, heightPx]).toEqual([203, 99]);
  expect(Buffer.from(data).equals(pixels)).toBe(true);
});

test("a file that is no PNG, or ends early, is refused with the reason", async () => {
  await expect(readMaskPng(Buffer.from("hello, mask of mine, are you long enough"))).rejects.toThrow(
    "no PNG",
  );
  const whole = new Uint8Array(await (await writeGreyPng(50, 50, new Uint8Array(2500))).arrayBuffer());
  await expect(readMaskPng(whole.subarray(0, 45))).rejects.toThrow();
});
