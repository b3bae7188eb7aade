import { describe, expect, it } from "vitest";
import { DiagramEvent } from "#shared/messages";
import { readMask, writeGrey, writeMask } from "#shared/raster";
import { memoryContext } from "#shared/stage";
import type { Box, Mask } from "#shared/vision";
import stage from "./stage.ts";
import thin from "./thin.ts";

const WIDTH = 240;
const HEIGHT = 120;

function maskOf(...boxes: Box[]): Mask {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (const [x, y, w, h] of boxes)
    for (let row = y; row < y + h; row++) data.fill(1, row * WIDTH + x, row * WIDTH + x + w);
  return { width: WIDTH, height: HEIGHT, data };
}

/** A line 4 px wide on both sides of a valve, with a gap under an arrow; a second one of dashes. */
const line: Box[] = [
  [10, 30, 48, 4],
  [70, 30, 30, 4],
  [140, 30, 90, 4],
];
const dashes: Box[] = [0, 1, 2, 3, 4].map((i): Box => [20 + i * 40, 80, 26, 4]);
const annotations = {
  images: [{ id: 1, file_name: "sheet.png", width: WIDTH, height: HEIGHT }],
  categories: [
    { id: 0, name: "gate_valve" },
    { id: 1, name: "flow_arrow" },
  ],
  annotations: [
    { id: 1, image_id: 1, category_id: 0, bbox: [102, 22, 36, 20] },
    { id: 2, image_id: 1, category_id: 1, bbox: [57, 26, 14, 12] },
  ],
};

async function skeletonize(boxes: Box[]) {
  const context = await memoryContext(stage);
  const artifacts = {
    "pipe_mask.png": context.seed("pipe_mask.png", await writeMask(maskOf(...boxes))),
    "node_mask.png": context.seed("node_mask.png", await writeMask(maskOf([102, 22, 36, 20]))),
    "style_mask.png": context.seed(
      "style_mask.png",
      await writeGrey({ width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) }),
    ),
    "annotations.json": context.seed("annotations.json", JSON.stringify(annotations)),
  };
  const sheet = { widthPx: WIDTH, heightPx: HEIGHT };
  const result = await stage.handle(DiagramEvent.parse({ uid: "d1", sheet, artifacts }), context);
  const { body, type } = Array.isArray(result) ? result[0]! : result;
  const event = DiagramEvent.parse(body);
  const skeletonOf = async ({ artifacts: { "skeleton.png": ref } }: DiagramEvent) =>
    readMask(context.store.get(`${ref!.bucket}/${ref!.key}`)!);
  return { context, event, type, skeletonOf, skeleton: await skeletonOf(event) };
}

/** Pixels of a skeleton in columns x0..x1, rows y0..y1. */
const count = ({ data }: Mask, [x, y, w, h]: Box) => {
  let sum = 0;
  for (let row = y; row < y + h; row++) for (let c = x; c < x + w; c++) sum += data[row * WIDTH + c]!;
  return sum;
};

describe("skeletonize", () => {
  it("makes lines one pixel wide, whole under an arrow, up to the valve and not through it", async () => {
    const { type, event, skeleton } = await skeletonize(line);
    expect(type).toBe("diagram.skeletonized");
    expect(count(skeleton, [14, 20, 86, 24])).toBe(86);
    expect(count(skeleton, [104, 20, 32, 24])).toBe(0);
    expect(count(skeleton, [142, 20, 84, 24])).toBe(84);
    expect(event.lineWidthPx).toBeCloseTo(4, 0);
  });

  it("turns dashes into one line", async () => {
    const { skeleton } = await skeletonize(dashes);
    expect(count(skeleton, [30, 70, 160, 30])).toBe(160);
  });

  it("gives an empty skeleton for an empty mask", async () => {
    const { skeleton, event } = await skeletonize([]);
    expect(count(skeleton, [0, 0, WIDTH, HEIGHT])).toBe(0);
    expect(event.lineWidthPx).toBeUndefined();
  });
});

describe("thin", () => {
  const run = async (
    before: Awaited<ReturnType<typeof skeletonize>>,
    artifacts: DiagramEvent["artifacts"],
  ) => {
    const settings = await memoryContext(thin);
    const message = { ...before.event, artifacts: { ...before.event.artifacts, ...artifacts } };
    const result = await thin.handle(message, {
      ...before.context,
      settings: settings.settings,
      resources: undefined,
    });
    return DiagramEvent.parse((Array.isArray(result) ? result[0]! : result).body);
  };

  it("passes the skeleton on when the mask was not corrected", async () => {
    const before = await skeletonize(line);
    const after = await run(before, {});
    expect(after.artifacts["skeleton.png"]).toEqual(before.event.artifacts["skeleton.png"]);
  });

  it("passes it on when an editor saved the same pixels in another form", async () => {
    const before = await skeletonize(line);
    const mask = maskOf(...line);
    const saved = await writeGrey({ ...mask, data: mask.data.map((v) => v * 255) });
    const after = await run(before, { "pipe_mask.png": before.context.seed("saved.png", saved) });
    expect(after.artifacts["skeleton.png"]).toEqual(before.event.artifacts["skeleton.png"]);
  });

  it("thins a corrected mask anew", async () => {
    const before = await skeletonize(line);
    const corrected = before.context.seed(
      "corrected.png",
      await writeMask(maskOf(...line, [20, 60, 180, 4])),
    );
    const after = await run(before, { "pipe_mask.png": corrected });
    expect(after.artifacts["skeleton.png"]).not.toEqual(before.event.artifacts["skeleton.png"]);
    expect(count(await before.skeletonOf(after), [30, 50, 160, 20])).toBe(160);
    // Corrected once, it is the mask to compare the next time.
    expect((await run({ ...before, event: after }, {})).artifacts).toEqual(after.artifacts);
  });

  it("refuses a mask of another size than the sheet", async () => {
    const before = await skeletonize(line);
    const small = await writeMask({ width: 10, height: 10, data: new Uint8Array(100) });
    await expect(
      run(before, { "pipe_mask.png": before.context.seed("small.png", small) }),
    ).rejects.toMatchObject({
      code: "MASK_SIZE",
      kind: "permanent",
    });
  });
});
