import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { Coco, DiagramEvent } from "#shared/messages";
import { memoryContext } from "#shared/stage";
import stage from "./stage.ts";

/** 600 × 400 white, with squares of 64 px: one cell of the fixture model, whose slices of 256 px shrink to 128. */
async function sheet(...squares: [x: number, y: number, colour: string][]): Promise<Uint8Array> {
  const rects = squares
    .map(([x, y, c]) => `<rect x="${x}" y="${y}" width="64" height="64" fill="${c}"/>`)
    .join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="#fff"/>${rects}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
}

async function detect(
  image: Uint8Array,
  options: { model?: string; grey?: Uint8Array; message?: object; settings?: object } = {},
) {
  const modelPath = `test/fixtures/models/${options.model ?? "detector"}.onnx`;
  const context = await memoryContext(stage, { modelPath, confidence: 0.6, ...options.settings });
  const artifacts = {
    "sheet.png": context.seed("sheet.png", image),
    ...(options.grey && { "sheet_grey.png": context.seed("sheet_grey.png", options.grey) }),
  };
  const result = await stage.handle(
    DiagramEvent.parse({ uid: "d1", artifacts, ...options.message }),
    context,
  );
  const { body: given, type } = Array.isArray(result) ? result[0]! : result;
  const body = DiagramEvent.parse(given);
  const read = (name: string) => context.text(body.artifacts[name]!);
  const coco = Coco.parse(JSON.parse(read("detections.json")));
  return { body, type, coco, yolo: read("yolo_predicted.txt"), lines: context.lines };
}

describe("detect", () => {
  it("finds symbols of two classes where they are, seen in one slice or in two", async () => {
    // Slices start at x = 0, 205, 344 and y = 0, 144: the first square lies in one slice, the second in two.
    const { type, body, coco } = await detect(await sheet([0, 0, "#000"], [344, 0, "#f00"]));
    expect(type).toBe("diagram.detected");
    expect(coco.annotations).toHaveLength(2);
    const [valve, pump] = [...coco.annotations].sort((a, b) => a.bbox[0] - b.bbox[0]);
    expect(valve).toMatchObject({ category_id: 0, bbox: [0, 0, 64, 64], score: 1 });
    expect(pump).toMatchObject({ category_id: 1 });
    expect(Math.abs(pump!.bbox[0] - 344)).toBeLessThan(64);
    expect(coco.categories[0]).toEqual({ id: 0, name: "gate_valve", supercategory: "valve" });
    expect(body.counts.symbols).toBe(2);
    expect(body.sheet).toEqual({ widthPx: 600, heightPx: 400 });
    expect(body.confidence.annotation).toBe(Math.min(...coco.annotations.map(({ score }) => score!)));
  });

  it("writes the same boxes as YOLO lines, shares of the sheet", async () => {
    const { yolo } = await detect(await sheet([0, 0, "#000"]));
    expect(yolo).toBe(
      `0 ${[32 / 600, 32 / 400, 64 / 600, 64 / 400, 1].map((v) => v.toFixed(6)).join(" ")}\n`,
    );
  });

  it("reports only the classes asked for, and names one it does not know", async () => {
    const image = await sheet([0, 0, "#000"], [344, 0, "#f00"]);
    const { coco, body } = await detect(image, {
      message: { classes: ["centrifugal_pump", "flux_capacitor"] },
    });
    expect(new Set(coco.annotations.map((a) => a.category_id))).toEqual(new Set([1]));
    expect(body.warnings).toEqual(["UNKNOWN_CLASS flux_capacitor"]);
  });

  it.each([
    ["detector-dynamic", {}],
    ["detector-end-to-end", { slicePx: 256 }],
  ])("finds the same symbols with another's model of another layout: %s", async (model, settings) => {
    const { coco } = await detect(await sheet([0, 0, "#000"], [344, 0, "#f00"]), { model, settings });
    expect(coco.categories.map(({ name }) => name)).toEqual(["gate_valve", "centrifugal_pump"]);
    // Cells of these models are not those of ours: what they find lies in the squares, and says the right class.
    const squares = [0, 344];
    for (const { category_id, bbox } of coco.annotations) {
      const [x, y] = [bbox[0] + bbox[2] / 2 - squares[category_id]!, bbox[1] + bbox[3] / 2];
      expect(Math.max(Math.abs(x - 32), Math.abs(y - 32))).toBeLessThan(64);
    }
    expect(new Set(coco.annotations.map(({ category_id }) => category_id))).toEqual(new Set([0, 1]));
  });

  it("works with class names nobody here knows, and says which model it was", async () => {
    const { coco, body } = await detect(await sheet([0, 0, "#000"]), {
      model: "detector-foreign",
    });
    expect(coco.categories).toEqual([
      { id: 0, name: "Ventil-Typ 7" },
      { id: 1, name: "Pumpe" },
    ]);
    expect(new Set(coco.annotations.map(({ category_id }) => category_id))).toEqual(new Set([0]));
    expect(body.models).toEqual({ detector: expect.stringMatching(/^file:detector-foreign/) });
  });

  it("gives the same with a model that takes one slice at a time", async () => {
    const image = await sheet([0, 0, "#000"], [128, 192, "#000"]);
    const [many, single] = [await detect(image), await detect(image, { model: "detector-single" })];
    expect(single.coco.annotations).toEqual(many.coco.annotations);
  });

  it.each([
    [0, 0],
    [128, 192],
  ])("finds the same in grey with a model of one plane (%i, %i)", async (x, y) => {
    const image = await sheet([x, y, "#000"], [384, 0, "#999"]);
    const [colour, grey] = [await detect(image), await detect(image, { model: "detector-grey" })];
    expect(colour.coco.annotations.length).toBeGreaterThan(0);
    expect(grey.coco.annotations).toEqual(colour.coco.annotations);
  });

  it("looks at the grey copy of the sheet, where there is one and the model sees no colours", async () => {
    const [colour, grey] = [await sheet([0, 0, "#000"]), await sheet([344, 0, "#000"])];
    for (const [model, left] of [
      ["detector", 0],
      ["detector-grey", 344],
    ] as const) {
      const { coco } = await detect(colour, { model, grey });
      expect(coco.annotations).toHaveLength(1);
      expect(Math.abs(coco.annotations[0]!.bbox[0] - left)).toBeLessThan(64);
    }
  });

  it("takes larger slices of a very fine scan", async () => {
    const line = `<path d="M0 300H600M500 0V512M0 350H600M550 0V512" stroke="#000" stroke-width="10"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="512"><rect width="600" height="512" fill="#fff"/>
      <rect width="128" height="128"/>${line}</svg>`;
    const { coco, lines } = await detect(await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer(), {
      settings: { fullSheet: false },
    });
    // Slices of 512 px instead of 256: a cell of the fixture model covers 128 px.
    expect(lines.at(-1)).toContain("in 2 slices");
    expect(coco.annotations.map(({ bbox }) => bbox.map(Math.round))).toContainEqual([0, 0, 128, 128]);
  });

  it("runs no model on a blank sheet, and leaves it to a person", async () => {
    const { coco, body, yolo, lines } = await detect(await sheet());
    expect([coco.annotations, body.counts.symbols, body.confidence.annotation, yolo]).toEqual([[], 0, 0, ""]);
    expect(lines.at(-1)).toContain('"runMs":0');
  });

  it("does not start with a model that names no classes", async () => {
    await expect(detect(await sheet(), { model: "detector-nameless" })).rejects.toMatchObject({
      code: "MODEL_INVALID",
      kind: "fatal",
    });
    await expect(detect(await sheet(), { model: "segmenter" })).rejects.toMatchObject({
      code: "MODEL_INVALID",
    });
  });

  it("fails for good without a sheet", async () => {
    await expect(detect(await sheet(), { message: { artifacts: {} } })).rejects.toMatchObject({
      code: "ARTIFACT_ABSENT",
      kind: "permanent",
    });
  });
});
