import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { DiagramEvent } from "#shared/messages";
import { readGrey, readMask } from "#shared/raster";
import { memoryContext } from "#shared/stage";
import stage from "./stage.ts";

const WIDTH = 300;
const HEIGHT = 200;

/** A black process line at y 98..101, a mid-grey dashed one at y 40..42, a symbol over both, an arrow on the first. */
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fff"/>
  <rect y="98" width="${WIDTH}" height="4"/><rect y="40" width="${WIDTH}" height="3" fill="#808080"/></svg>`;

const annotations = {
  images: [{ id: 1, file_name: "sheet.png", width: WIDTH, height: HEIGHT }],
  categories: [
    { id: 0, name: "gate_valve" },
    { id: 1, name: "flow_arrow" },
  ],
  annotations: [
    { id: 1, image_id: 1, category_id: 0, bbox: [100, 90, 40, 20] },
    { id: 2, image_id: 1, category_id: 1, bbox: [200, 90, 20, 20] },
    {
      id: 3,
      image_id: 1,
      category_id: 0,
      bbox: [20, 30, 20, 20],
      segmentation: [[20, 30, 40, 30, 40, 50, 20, 50]],
    },
  ],
};

async function segment(svg = drawing, settings: object = {}, coco: object = annotations) {
  const context = await memoryContext(stage, {
    modelPath: "test/fixtures/models/segmenter.onnx",
    ...settings,
  });
  const artifacts = {
    "sheet.png": context.seed("sheet.png", await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer()),
    "annotations.json": context.seed("annotations.json", JSON.stringify(coco)),
  };
  const result = await stage.handle(DiagramEvent.parse({ uid: "d1", artifacts }), context);
  const { body: given, type } = Array.isArray(result) ? result[0]! : result;
  const body = DiagramEvent.parse(given);
  const bytes = (name: string) =>
    context.store.get(`${body.artifacts[name]!.bucket}/${body.artifacts[name]!.key}`)!;
  return {
    type,
    body,
    nodes: await readMask(bytes("node_mask.png")),
    pipes: await readMask(bytes("pipe_mask.png")),
    styles: await readGrey(bytes("style_mask.png")),
    lines: context.lines,
  };
}

const at = ({ data }: { data: Uint8Array }, x: number, y: number) => data[y * WIDTH + x];

describe("segment", () => {
  it("labels lines by style, cuts them at symbols but not under arrows", async () => {
    const { type, body, nodes, pipes, styles } = await segment();
    expect(type).toBe("diagram.segmented");
    expect([at(pipes, 50, 99), at(pipes, 120, 99), at(pipes, 210, 99)]).toEqual([1, 0, 1]);
    expect([at(pipes, 30, 41), at(pipes, 60, 41), at(pipes, 60, 60)]).toEqual([0, 1, 0]);
    expect([at(styles, 50, 99), at(styles, 120, 99), at(styles, 60, 41), at(styles, 60, 60)]).toEqual([
      1, 1, 2, 0,
    ]);
    expect([at(nodes, 99, 90), at(nodes, 98, 90), at(nodes, 140, 110), at(nodes, 210, 99)]).toEqual([
      1, 0, 1, 0,
    ]);
    expect(body.lineWidthPx).toBeCloseTo(4, 0);
    expect(body.confidence.masks).toBeGreaterThan(0.9);
  });

  it.each(["segmenter-mask", "segmenter-softmaxed"])(
    "finds the dark line with another's segmenter: %s",
    async (model) => {
      const { pipes, styles, body } = await segment(drawing, {
        modelPath: `test/fixtures/models/${model}.onnx`,
      });
      expect([at(pipes, 50, 99), at(pipes, 50, 101), at(pipes, 50, 103), at(pipes, 120, 99)]).toEqual([
        1, 1, 0, 0,
      ]);
      expect([at(styles, 50, 99), at(styles, 60, 60)]).toEqual([1, 0]);
      expect(body.confidence.masks).toBeGreaterThan(0.9);
      expect(body.models).toEqual({ segmenter: expect.stringMatching(`^file:${model}`) });
    },
  );

  it("gives the same pixels whatever the tiles", async () => {
    const one = await segment();
    const many = await segment(drawing, { tilePx: 64, overlapPx: 16 });
    expect(Buffer.compare(many.styles.data, one.styles.data)).toBe(0);
    expect(Buffer.compare(many.pipes.data, one.pipes.data)).toBe(0);
    expect(one.lines.at(-1)).toContain("1 tiles, 0 blank");
    expect(many.lines.at(-1)).toMatch(/[1-9]\d* tiles, [1-9]\d* blank/);
  });

  it("reads bytes as logits, step by step, also where tiles overlap", async () => {
    for (const tiles of [{}, { tilePx: 64, overlapPx: 16 }]) {
      const modelPath = "test/fixtures/models/segmenter-bytes.onnx";
      const [floats, bytes] = [
        await segment(drawing, tiles),
        await segment(drawing, { ...tiles, modelPath }),
      ];
      expect(Buffer.compare(bytes.styles.data, floats.styles.data)).toBe(0);
      expect(bytes.body.confidence.masks).toBeCloseTo(floats.body.confidence.masks!, 2);
    }
  });

  it("shows a very fine scan to the model at the scale it knows, and labels all its pixels", async () => {
    const fine = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fff"/>
      <rect y="92" width="${WIDTH}" height="15"/><rect x="250" width="15" height="${HEIGHT}"/></svg>`;
    const { pipes, lines } = await segment(fine);
    expect(lines.at(-1)).toMatch(/"shrunkTo":0\.3\d/);
    expect([at(pipes, 50, 99), at(pipes, 257, 20), at(pipes, 50, 60), at(pipes, 120, 99)]).toEqual([
      1, 1, 0, 0,
    ]);
    let thick = 0;
    for (let y = 0; y < HEIGHT; y++) thick += at(pipes, 50, y)!;
    expect(Math.abs(thick - 15)).toBeLessThanOrEqual(4);
  });

  it("gives empty masks for an empty sheet, which a person should see", async () => {
    const { body, pipes } = await segment(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fff"/></svg>`,
    );
    expect(pipes.data.some(Boolean)).toBe(false);
    expect(body.confidence.masks).toBe(0);
    expect(body.lineWidthPx).toBeUndefined();
  });

  it("does not start with a model that knows no lines", async () => {
    await expect(segment(drawing, { modelPath: "test/fixtures/models/detector.onnx" })).rejects.toMatchObject(
      {
        code: "MODEL_INVALID",
        kind: "fatal",
      },
    );
  });
});
