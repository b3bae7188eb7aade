import { expect, test } from "vitest";
import type { GraphNode, Point } from "#shared/messages";
import type { Touch } from "./attachments.ts";
import { drawNode } from "./draw-node.ts";
import { fitClass } from "./known-drawing.ts";

const node = (fields: Partial<GraphNode>): GraphNode => ({
  id: "a",
  type: "symbol",
  center: [50, 50],
  ...fields,
});
const points = (drawing: ReturnType<typeof drawNode>) =>
  drawing.primitives.flatMap((primitive) => (primitive.kind === "path" ? primitive.points : []));

test("turns a valve upright in a vertical line", () => {
  const level = fitClass(
    "gate_valve",
    [0, 0, 60, 36],
    [
      [0, 18],
      [60, 18],
    ],
  );
  const upright = fitClass(
    "gate_valve",
    [0, 0, 36, 60],
    [
      [18, 0],
      [18, 60],
    ],
  );
  expect(level?.turns).toBe(0);
  expect((upright?.turns ?? 0) % 2).toBe(1);
});

test("points a pump downstream where the flow is known", () => {
  const pump = (left: Touch[2], right: Touch[2]) =>
    fitClass(
      "centrifugal_pump",
      [0, 0, 80, 80],
      [
        [0, 40, left],
        [80, 40, right],
      ],
    )?.turns;
  expect(pump("in", "out")).toBe(0);
  expect(pump(undefined, undefined)).toBe(0);
  expect(pump("out", "in")).toBe(2);
});

test("keeps the actuator of a control valve on its own side, even against the flow", () => {
  // Port and actuator fix the way it stands: the axis lies in the lower part of the box.
  const fit = fitClass(
    "control_valve",
    [0, 0, 60, 65],
    [
      [0, 47, "out"],
      [60, 47, "in"],
    ],
  );
  expect(fit?.turns).toBe(0);
});

test("fills the box exactly, whatever its proportions", () => {
  for (const className of ["gate_valve", "centrifugal_pump", "vessel", "instrument_field", "safety_valve"]) {
    const drawn = points(drawNode(node({ class: className, bbox: [10, 20, 100, 40] }), [], 1000));
    const side = (axis: 0 | 1) => drawn.map((point: Point) => point[axis]);
    expect(Math.min(...side(0))).toBeCloseTo(10, 6);
    expect(Math.max(...side(0))).toBeCloseTo(110, 6);
    expect(Math.min(...side(1))).toBeCloseTo(20, 6);
    expect(Math.max(...side(1))).toBeCloseTo(60, 6);
  }
});

test("writes the parts of the tag into a balloon and fits them into it", () => {
  const drawing = drawNode(
    node({ class: "instrument_field", bbox: [0, 0, 60, 60], tag: "PDIC-10001" }),
    [],
    1000,
  );
  const texts = drawing.primitives.filter((primitive) => primitive.kind === "text");
  expect(texts.map(({ text }) => text)).toEqual(["PDIC", "10001"]);
  for (const { text, sizePx } of texts) expect(text.length * sizePx * 0.6).toBeLessThanOrEqual(60);
  expect(drawing.showsTag).toBe(true);
});

test("draws a box with the class name when the class is not ours", () => {
  const drawing = drawNode(node({ class: "HydroCyclone", bbox: [0, 0, 80, 80] }), [], 1000);
  expect(drawing.primitives.map((p) => (p.kind === "text" ? p.text : p.points.length))).toEqual([
    4,
    "hydro",
    "cyclone",
  ]);
});

test("points an off-page connector without a class to the nearer side", () => {
  const nose = (x: number) => points(drawNode(node({ type: "offpage", bbox: [x, 0, 100, 40] }), [], 1000))[2];
  expect(nose(0)).toEqual([0, 20]);
  expect(nose(900)).toEqual([1000, 20]);
});
