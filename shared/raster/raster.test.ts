import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawSheet } from "#test/draw-sheet";
import { estimateSkew } from "./estimate-skew.ts";
import { readGrey, readMask, readPicture } from "./read.ts";
import { reducePicture } from "./reduce.ts";
import { rotatePicture, rotationCutsInk } from "./rotate.ts";
import { sniffFormat } from "./sniff.ts";
import { textLayout } from "./text-layout.ts";
import { isNeutral, toneOf } from "./tone.ts";
import { turnQuarter } from "./turn-quarter.ts";
import { writeGrey, writeMask, writePicture } from "./write.ts";

const mask = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  data: Uint8Array.from(rows.join(""), (c) => (c === "#" ? 1 : 0)),
});

describe("masks", () => {
  for (const [name, m] of Object.entries({
    "narrower than a byte": mask("#.#", ".#.", "#.#"),
    "of whole bytes": mask("#......#", ".######."),
    "wider than a byte": mask("#.........#", ".#.#.#.#.#.", "...........", "###########"),
  })) {
    it(`${name} come back as they were stored`, async () => {
      const back = await readMask(await writeMask(m));
      expect({ ...back, data: [...back.data] }).toEqual({ ...m, data: [...m.data] });
    });

    it(`${name} are 0 and 255 to any other reader`, async () => {
      const { data, info } = await sharp(await writeMask(m))
        .toColourspace("b-w")
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([m.width, m.height]);
      expect([...data]).toEqual([...m.data].map((v) => v * 255));
    });
  }

  it("corrected in an editor, in colour with transparency, are read by their light", async () => {
    const png = await sharp({ create: { width: 4, height: 2, channels: 4, background: "#fff" } })
      .png()
      .toBuffer();
    expect([...(await readMask(png)).data]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });
});

describe("pictures", () => {
  it("grey and colour come back as they were stored, and libpng agrees", async () => {
    const grey = { width: 5, height: 3, data: Uint8Array.from({ length: 15 }, (_, i) => i * 17) };
    expect([...(await readGrey(await writeGrey(grey))).data]).toEqual([...grey.data]);
    const colour = {
      width: 3,
      height: 2,
      channels: 3 as const,
      data: Uint8Array.from({ length: 18 }, (_, i) => i * 14),
    };
    const png = await writePicture(colour, { dpi: 300 });
    expect([...(await readPicture(png)).data]).toEqual([...colour.data]);
    expect([...(await sharp(png).raw().toBuffer())]).toEqual([...colour.data]);
    expect((await sharp(png).metadata()).density).toBe(300);
  });

  it("a damaged PNG of our own is refused with a code", async () => {
    const png = await writePicture({ width: 40, height: 40, channels: 1, data: new Uint8Array(1600) });
    await expect(readPicture(png.subarray(0, -20))).rejects.toMatchObject({ code: "IMAGE_TRUNCATED" });
    await expect(readPicture(png, { maxPixels: 1599 })).rejects.toMatchObject({ code: "IMAGE_TOO_LARGE" });
    await expect(readPicture(new Uint8Array(0))).rejects.toMatchObject({ code: "EMPTY_FILE" });
  });

  it("are told apart by their first bytes, whatever they are called", async () => {
    const sheet = drawSheet({ width: 40, height: 30 });
    for (const format of ["png", "jpeg", "tiff", "webp"] as const)
      expect(sniffFormat(await sheet.clone().toFormat(format).toBuffer())).toBe(format);
    expect(sniffFormat(Buffer.from("\ufeff<?xml version='1.0'?><!-- a -->\n<svg xmlns=''/>"))).toBe("svg");
    expect(sniffFormat(Buffer.from("<html>"))).toBeUndefined();
  });
});

describe("tone", () => {
  const picture = async (options: Parameters<typeof drawSheet>[0]) =>
    readPicture(await drawSheet(options).png().toBuffer());

  it("finds the paper of a grey scan and the light ink of a blueprint", async () => {
    expect(toneOf(await picture({ paper: "#c8c8c8" }))).toMatchObject({
      ground: 200,
      inverted: false,
      contrast: 200,
    });
    expect(toneOf(await picture({ paper: "#000040", ink: "#fff" })).inverted).toBe(true);
    expect(isNeutral(await picture({}))).toBe(true);
    expect(isNeutral(await picture({ ink: "#00c" }))).toBe(false);
  });
});

describe("skew", () => {
  for (const turnDeg of [-2.7, -0.4, 0.2, 2.2, 5, -8])
    it(`of ${turnDeg}° is found, and undone by the opposite turn`, async () => {
      const sheet = await readPicture(
        await drawSheet({ width: 1800, height: 1300, turnDeg }).png().toBuffer(),
      );
      const skew = estimateSkew(await reducePicture(sheet, 1500));
      expect(Math.abs(skew - turnDeg)).toBeLessThan(0.06);
      const { picture } = await rotatePicture(sheet, skew);
      expect(Math.abs(estimateSkew(await reducePicture(picture, 1500)))).toBeLessThan(0.06);
    });

  it("is undone within the size of the sheet, and the map says where everything went", async () => {
    const data = new Uint8Array(200 * 100).fill(255);
    for (let y = 29; y < 32; y++) data.fill(0, y * 200 + 149, y * 200 + 152);
    const { picture, map } = await rotatePicture({ width: 200, height: 100, channels: 1, data }, 3, {
      keepSize: true,
    });
    expect([picture.width, picture.height]).toEqual([200, 100]);
    const [a, b, c, d, e, f] = map;
    const [x, y] = [a * 150.5 + b * 30.5 + c, d * 150.5 + e * 30.5 + f];
    expect(picture.data[Math.floor(y) * 200 + Math.floor(x)]).toBeLessThan(100);
  });

  it("is known to push ink over the rim, or not to", () => {
    const spot = (x: number, y: number) => {
      const data = new Uint8Array(200 * 100).fill(255);
      data[y * 200 + x] = 0;
      return { width: 200, height: 100, data };
    };
    expect(rotationCutsInk(spot(1, 50), 2)).toBe(false);
    expect(rotationCutsInk(spot(199, 0), 2)).toBe(true);
    expect(rotationCutsInk(spot(199, 0), 0)).toBe(false);
  });

  it("is not seen in a sheet without straight lines", () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 48271) % 2147483647; // MINSTD
      return seed / 2147483647;
    };
    const data = Uint8Array.from({ length: 400 * 400 }, () => (random() < 0.03 ? 0 : 255));
    expect(estimateSkew({ width: 400, height: 400, data })).toBe(0);
  });
});

describe("a turn by quarters", () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const picture = { width: 3, height: 2, channels: 1 as const, data };

  it.each([
    [0, ["123", "456"]],
    [90, ["41", "52", "63"]],
    [180, ["654", "321"]],
    [270, ["36", "25", "14"]],
  ] as const)("clockwise by %s° moves every pixel to where the map says", (turn, rows) => {
    const { picture: turned, map } = turnQuarter(picture, turn);
    expect([turned.width, turned.height]).toEqual([rows[0].length, rows.length]);
    expect([...turned.data].join("")).toBe(rows.join(""));
    const [a, b, c, d, e, f] = map;
    for (let y = 0; y < 2; y++)
      for (let x = 0; x < 3; x++) {
        const [u, v] = [a * (x + 0.5) + b * (y + 0.5) + c, d * (x + 0.5) + e * (y + 0.5) + f];
        expect(turned.data[Math.floor(v) * turned.width + Math.floor(u)]).toBe(data[y * 3 + x]);
      }
  });

  it("keeps the colours of a pixel together", () => {
    const { picture: turned } = turnQuarter({ width: 2, height: 1, channels: 3, data }, 90);
    expect([...turned.data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...turnQuarter({ width: 2, height: 1, channels: 3, data }, 180).picture.data]).toEqual([
      4, 5, 6, 1, 2, 3,
    ]);
  });
});

describe("how text lies", () => {
  /** Six lines of twelve letters, 6 × 8 px, on a sheet of 400 × 300 with a pipe across it. */
  const page = () => {
    const data = new Uint8Array(400 * 300);
    data.fill(1, 200 * 400, 202 * 400);
    for (let line = 0; line < 6; line++)
      for (let letter = 0; letter < 12; letter++)
        for (let y = 0; y < 8; y++)
          for (let x = 0; x < 6; x++) data[(10 + line * 25 + y) * 400 + 10 + letter * 9 + x] = 1;
    return { width: 400, height: 300, channels: 1 as const, data };
  };

  it("is seen in its letters: lines of text, and whether they run along the sheet", () => {
    const { isTurned, lines } = textLayout(page());
    expect(isTurned).toBe(false);
    expect(lines).toEqual(Array.from({ length: 6 }, (_, i) => [10, 10 + i * 25, 105, 8]));
  });

  it("is seen on a sheet turned by a quarter, either way", () => {
    for (const turn of [90, 270] as const) {
      const { isTurned, lines } = textLayout(turnQuarter(page(), turn).picture);
      expect(isTurned).toBe(true);
      expect(lines.map(([, , w, h]) => [w, h])).toEqual(Array.from({ length: 6 }, () => [8, 105]));
    }
  });
});
