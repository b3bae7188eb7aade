import { describe, expect, it } from "vitest";
import { Drawing } from "../geometry/drawing.ts";
import type { Box, Mask, Point } from "../geometry/types.ts";
import { findJunctions } from "../junctions/index.ts";
import { labelComponents } from "../mask/label-components.ts";
import { rasteriseBoxes } from "../mask/rasterise-boxes.ts";
import { traceSkeleton } from "../trace/trace-skeleton.ts";
import { type SkeletonOptions, skeletonizeFull, skeletonizeSimple } from "./index.ts";

const LINE = 4;

function full(pipe: Mask, boxes: Box[] = [], options: SkeletonOptions = {}) {
  return skeletonizeFull(pipe, rasteriseBoxes(pipe.width, pipe.height, boxes), {
    lineWidthPx: LINE,
    ...options,
  }).skeleton;
}

/** Ends of the skeleton as rounded points, sorted. */
function freeEnds(skeleton: Mask): Point[] {
  return traceSkeleton(skeleton)
    .knots.filter((knot) => knot.ends.length <= 1)
    .map((knot): Point => [Math.round(knot.x), Math.round(knot.y)])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

const pieces = (skeleton: Mask) => labelComponents(skeleton).count;

describe("skeletonizeFull", () => {
  it("leads a line that stops short of a symbol up to its border", () => {
    const skeleton = full(
      new Drawing(200, 60).line(
        [
          [20, 30],
          [140, 30],
        ],
        LINE,
      ),
      [[148, 10, 40, 40]],
    );
    expect(skeleton.data[30 * 200 + 147] || skeleton.data[29 * 200 + 147]).toBe(1);
  });

  it("does not lead the corners of a filled arrow head to a symbol", () => {
    const pipe = new Drawing(220, 60).line(
      [
        [10, 30],
        [150, 30],
      ],
      2,
    );
    // A head 14 px long and high whose base faces the symbol.
    for (let x = 132; x < 146; x++)
      for (let y = 0; y < 60; y++) if (Math.abs(y + 0.5 - 30) <= (x - 132) / 2) pipe.data[y * 220 + x] = 1;
    const skeleton = full(pipe, [[152, 5, 50, 50]], { lineWidthPx: 2 });
    expect(freeEnds(skeleton)).toHaveLength(2);
    expect(findJunctions(skeleton, { lineWidthPx: 2, bends: false })).toEqual([]);
  });

  it("does not take the dash under a jump arc for a mark", () => {
    const pipe = new Drawing(120, 120);
    pipe.line([[40, 5], [40, 48]], LINE).line([[40, 72], [40, 115]], LINE); // biome-ignore format: two lines
    for (let degrees = -90; degrees <= 90; degrees += 2) {
      const at: Point = [
        40 + 12 * Math.cos((degrees * Math.PI) / 180),
        60 + 12 * Math.sin((degrees * Math.PI) / 180),
      ];
      pipe.disc(at, LINE / 2);
    }
    pipe.line([[42, 60], [62, 60]], LINE); // biome-ignore format: the dash
    pipe.line([[10, 60], [30, 60]], LINE).line([[74, 60], [94, 60]], LINE); // biome-ignore format: its neighbours
    const found = findJunctions(full(pipe), { lineWidthPx: LINE, bends: false });
    expect(found.map(({ arms }) => arms.length)).toEqual([4]);
  });

  it("leads a short stub at a junction no farther under a text than it is believed", () => {
    const pipe = new Drawing(200, 120)
      .line([[20, 30], [180, 30]], LINE) // biome-ignore format: a line
      .line([[20, 100], [180, 100]], LINE) // biome-ignore format: another
      .line([[60, 30], [60, 44]], LINE); // biome-ignore format: and a stub
    const skeleton = full(pipe, [], { coverBoxes: [[40, 46, 40, 50]] });
    expect(pieces(skeleton)).toBe(2);
  });

  it("never leads a line through a symbol", () => {
    const pipe = new Drawing(200, 60)
      .line(
        [
          [10, 30],
          [90, 30],
        ],
        LINE,
      )
      .line(
        [
          [110, 30],
          [190, 30],
        ],
        LINE,
      );
    expect(pieces(full(pipe, [[92, 20, 16, 20]]))).toBe(2);
  });

  it("makes one line of dashes", () => {
    const skeleton = full(
      new Drawing(300, 40).dashes(
        [
          [10, 20],
          [290, 20],
        ],
        3,
        [20, 12],
      ),
    );
    expect(pieces(skeleton)).toBe(1);
    expect(freeEnds(skeleton)).toHaveLength(2);
  });

  it("makes one line of dots", () => {
    expect(
      pieces(
        full(
          new Drawing(300, 40).dashes(
            [
              [10, 20],
              [290, 20],
            ],
            4,
            [3, 9],
          ),
        ),
      ),
    ).toBe(1);
  });

  it("follows dashes round a corner wherever the gap falls", () => {
    for (let start = 0; start < 32; start += 3) {
      const skeleton = full(
        new Drawing(260, 260).dashes(
          [
            [20 + start, 20],
            [200, 20],
            [200, 240],
          ],
          3,
          [20, 12],
        ),
      );
      expect([start, pieces(skeleton), freeEnds(skeleton).length]).toEqual([start, 1, 2]);
    }
  });

  it("leads a dashed line across another line without ending at it", () => {
    for (let start = 0; start < 32; start += 3) {
      const pipe = new Drawing(260, 260)
        .line(
          [
            [10, 120],
            [250, 120],
          ],
          LINE,
        )
        .dashes(
          [
            [130, 20 + start],
            [130, 240],
          ],
          3,
          [20, 12],
        );
      const places = findJunctions(full(pipe), { lineWidthPx: LINE, bends: false });
      expect([start, places.map((place) => place.arms.length)]).toEqual([start, [4]]);
    }
  });

  it("keeps parallel dashed lines apart", () => {
    const pipe = new Drawing(300, 80)
      .dashes(
        [
          [10, 30],
          [290, 30],
        ],
        3,
        [20, 12],
      )
      .dashes(
        [
          [20, 44],
          [290, 44],
        ],
        3,
        [20, 12],
      );
    expect(pieces(full(pipe))).toBe(2);
  });

  it("closes the gap a line number leaves, but not the same gap without a text", () => {
    const pipe = new Drawing(400, 60)
      .line(
        [
          [10, 30],
          [150, 30],
        ],
        LINE,
      )
      .line(
        [
          [250, 30],
          [390, 30],
        ],
        LINE,
      );
    expect(pieces(full(pipe))).toBe(2);
    expect(pieces(full(pipe, [], { coverBoxes: [[154, 22, 92, 16]] }))).toBe(1);
  });

  it("closes the gap where a line makes way for another", () => {
    const pipe = new Drawing(200, 200)
      .line(
        [
          [10, 100],
          [190, 100],
        ],
        LINE,
      )
      .line(
        [
          [100, 10],
          [100, 86],
        ],
        LINE,
      )
      .line(
        [
          [100, 114],
          [100, 190],
        ],
        LINE,
      );
    const { knots } = traceSkeleton(full(pipe));
    expect(knots.filter((knot) => knot.ends.length === 4)).toHaveLength(1);
  });

  it("prunes what noise grows on a line, and keeps its ends", () => {
    const pipe = new Drawing(300, 60).line(
      [
        [20, 30],
        [280, 30],
      ],
      LINE,
    );
    for (let x = 40; x < 270; x += 17) pipe.box([x, 32, 2, 4]);
    const skeleton = full(pipe);
    expect(freeEnds(skeleton)).toHaveLength(2);
    expect(freeEnds(skeleton)[0]![0]).toBeLessThan(24);
  });

  it("prunes the barbs of an open arrow head, and keeps a stub of their length that stands upright", () => {
    const along: Point[] = [
      [20, 60],
      [280, 60],
    ];
    const head = (x: number, y: number): Point[] => [
      [x, y],
      [150, 60],
    ];
    const stub: Point[] = [
      [220, 60],
      [220, 40],
    ];
    const pipe = new Drawing(300, 120).line(along, LINE).line(head(134, 46), 3).line(stub, LINE);
    expect(freeEnds(full(pipe)).map(([x]) => x)).toHaveLength(3);
    expect(freeEnds(full(pipe)).filter(([x]) => x > 120 && x < 160)).toEqual([]);
  });

  it("prunes the barbs of a head that was found before they are led to what they point at", () => {
    const along: Point[] = [
      [20, 60],
      [280, 60],
    ];
    const barb: Point[] = [
      [137, 47],
      [150, 60],
    ];
    const pipe = new Drawing(300, 120).line(along, LINE).line(barb, 3);
    const symbol: Box = [110, 20, 22, 22];
    const joined = freeEnds(full(pipe, [symbol]));
    expect(joined).toHaveLength(3);
    const told = freeEnds(full(pipe, [symbol], { arrowBoxes: [[135, 45, 16, 30]] }));
    expect(told.map(([x]) => x > 30 && x < 270)).toEqual([false, false]);
  });

  it("removes the strokes of a double-slash line and keeps a short branch that leads to a symbol", () => {
    const pipe = new Drawing(300, 100)
      .line(
        [
          [10, 50],
          [290, 50],
        ],
        LINE,
      )
      .line(
        [
          [200, 50],
          [200, 72],
        ],
        LINE,
      );
    for (const x of [60, 72])
      pipe.line(
        [
          [x - 5, 60],
          [x + 5, 40],
        ],
        3,
      );
    const skeleton = full(pipe, [[190, 74, 20, 20]]);
    expect(traceSkeleton(skeleton).knots.filter((knot) => knot.ends.length > 2)).toHaveLength(1);
  });

  it("removes crosses on a line", () => {
    const pipe = new Drawing(300, 100).line(
      [
        [10, 50],
        [290, 50],
      ],
      LINE,
    );
    for (const x of [80, 180])
      pipe
        .line(
          [
            [x - 9, 59],
            [x + 9, 41],
          ],
          3,
        )
        .line(
          [
            [x - 9, 41],
            [x + 9, 59],
          ],
          3,
        );
    expect(traceSkeleton(full(pipe)).knots).toHaveLength(2);
  });

  it("fills pinholes instead of thinning them to rings", () => {
    const pipe = new Drawing(200, 40).line(
      [
        [10, 20],
        [190, 20],
      ],
      6,
    );
    for (const x of [40, 80, 120]) pipe.data[20 * 200 + x] = 0;
    expect(traceSkeleton(full(pipe, [], { lineWidthPx: 6 })).branches).toHaveLength(1);
  });

  it("closes a slit that splits a line lengthwise", () => {
    const pipe = new Drawing(200, 40).line(
      [
        [10, 20],
        [190, 20],
      ],
      6,
    );
    for (let x = 90; x < 104; x++) for (const y of [19, 20]) pipe.data[y * 200 + x] = 0;
    expect(traceSkeleton(full(pipe, [], { lineWidthPx: 6 })).branches).toHaveLength(1);
  });

  it("removes an open arrow head from the line it lies on", () => {
    const pipe = new Drawing(300, 100).line(
      [
        [10, 50],
        [290, 50],
      ],
      3,
    );
    pipe
      .line(
        [
          [150, 50],
          [138, 40],
        ],
        2,
      )
      .line(
        [
          [150, 50],
          [138, 60],
        ],
        2,
      );
    expect(traceSkeleton(full(pipe)).knots).toHaveLength(2);
  });

  it("does not lead a line on to a speck", () => {
    const pipe = new Drawing(300, 60)
      .line(
        [
          [20, 30],
          [150, 30],
        ],
        LINE,
      )
      .box([166, 28, 4, 4]);
    expect(freeEnds(full(pipe)).at(-1)![0]).toBeLessThan(155);
  });

  it("makes one clean line of a mask with a ragged border", () => {
    const pipe = new Drawing(300, 60).line(
      [
        [20, 30],
        [280, 30],
      ],
      LINE,
    );
    for (let x = 20; x < 280; x++) {
      if ((x * 7) % 5 === 0) pipe.data[27 * 300 + x] = 1;
      if ((x * 11) % 7 === 0) pipe.data[31 * 300 + x] = 0;
    }
    const { branches } = traceSkeleton(full(pipe));
    expect(branches).toHaveLength(1);
    expect(branches[0]!.length).toBeLessThan(270);
  });

  it("drops specks and keeps lines", () => {
    const pipe = new Drawing(200, 100)
      .line(
        [
          [10, 20],
          [190, 20],
        ],
        LINE,
      )
      .box([50, 70, 3, 3])
      .box([150, 80, 6, 3]);
    expect(pieces(full(pipe))).toBe(1);
  });

  it("turns an empty mask into an empty skeleton", () => {
    const result = skeletonizeFull(new Drawing(20, 20), new Drawing(20, 20));
    expect(result.skeleton.data.includes(1)).toBe(false);
    expect(result.lineWidthPx).toBe(0);
  });

  it("refuses masks of different sizes", () => {
    expect(() => skeletonizeFull(new Drawing(20, 20), new Drawing(20, 21))).toThrow("20 × 21");
  });
});

describe("skeletonizeSimple", () => {
  it("bridges dashes too, for a corrected mask still holds them", () => {
    const pipe = new Drawing(300, 40).dashes(
      [
        [10, 20],
        [290, 20],
      ],
      3,
      [20, 12],
    );
    expect(pieces(skeletonizeSimple(pipe, { lineWidthPx: LINE }).skeleton)).toBe(1);
    expect(pieces(skeletonizeSimple(pipe, { lineWidthPx: LINE, bridge: false }).skeleton)).toBeGreaterThan(5);
  });
});
