import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { checkCorrection } from "./check-correction.ts";

const SHEET = { widthPx: 30, heightPx: 20 };
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const GRAPH = {
  version: 1,
  sheet: { uid: "a1", ...SHEET },
  nodes: [
    { id: "n1", type: "symbol", center: [5, 5] },
    { id: "n2", type: "endpoint", center: [25, 5] },
  ],
  edges: [
    {
      id: "e1",
      source: "n1",
      target: "n2",
      points: [
        [5, 5],
        [25, 5],
      ],
      line: "process",
      style: "solid",
      direction: null,
      widthPx: 2,
    },
  ],
};

const COCO = {
  images: [{ id: 1, file_name: "sheet.png", width: 30, height: 20 }],
  categories: [{ id: 0, name: "valve" }],
  annotations: [{ id: 1, image_id: 1, category_id: 0, bbox: [1, 2, 3, 4] }],
};

/** A whole PNG of one grey value, its IHDR fields as given; checksums left zero, which a header reader does not look at. */
function png(widthPx: number, heightPx: number, bitDepth = 8): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.byteLength, 0);
    head.write(type, 4, "latin1");
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header[8] = bitDepth;
  const rows = Buffer.alloc(heightPx * (1 + Math.ceil((widthPx * bitDepth) / 8)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

test("a right graph, right boxes and a right mask pass", () => {
  checkCorrection("graph", "a1", SHEET, json(GRAPH));
  checkCorrection("annotation", "a1", SHEET, json(COCO));
  checkCorrection("masks", "a1", SHEET, png(30, 20));
});

test("a graph whose edge names a node that does not exist is refused by name", () => {
  const dangling = { ...GRAPH, edges: [{ ...GRAPH.edges[0], target: "n9" }] };
  expect(() => checkCorrection("graph", "a1", SHEET, json(dangling))).toThrow(
    expect.objectContaining({ code: "BAD_GRAPH", message: expect.stringContaining('"n9"') }),
  );
});

test("a graph of another diagram or another sheet size is refused", () => {
  expect(() => checkCorrection("graph", "b2", SHEET, json(GRAPH))).toThrow(
    expect.objectContaining({ code: "BAD_GRAPH" }),
  );
  expect(() => checkCorrection("graph", "a1", { widthPx: 31, heightPx: 20 }, json(GRAPH))).toThrow(
    expect.objectContaining({ code: "BAD_GRAPH", message: expect.stringContaining("31 × 20") }),
  );
});

test("boxes with an unknown category, of another image or of another size are refused", () => {
  for (const wrong of [
    { ...COCO, annotations: [{ ...COCO.annotations[0], category_id: 7 }] },
    { ...COCO, annotations: [{ ...COCO.annotations[0], image_id: 2 }] },
    { ...COCO, images: [{ ...COCO.images[0], width: 3000 }] },
  ])
    expect(() => checkCorrection("annotation", "a1", SHEET, json(wrong))).toThrow(
      expect.objectContaining({ code: "BAD_ANNOTATIONS" }),
    );
});

test("JSON that is not UTF-8 is refused", () => {
  const latin1 = Buffer.from('{"version":1,"x":"\xe9"}', "latin1");
  expect(() => checkCorrection("graph", "a1", SHEET, latin1)).toThrow(
    expect.objectContaining({ code: "NOT_JSON" }),
  );
});

test("a mask of another size, with 16 bits, or that is no PNG is refused", () => {
  expect(() => checkCorrection("masks", "a1", SHEET, png(30, 21))).toThrow(
    expect.objectContaining({ code: "BAD_MASK", message: expect.stringContaining("30 × 21") }),
  );
  expect(() => checkCorrection("masks", "a1", SHEET, png(30, 20, 16))).toThrow(
    expect.objectContaining({ code: "BAD_MASK" }),
  );
  expect(() => checkCorrection("masks", "a1", SHEET, json(GRAPH))).toThrow(
    expect.objectContaining({ code: "NOT_A_PNG" }),
  );
});
