import { describe, expect, it } from "vitest";
import { Drawing } from "../geometry/drawing.ts";
import type { Mask } from "../geometry/types.ts";
import { skeletonizeSimple } from "../skeletonize/index.ts";
import { classifyGeometric, drawJunctionMasks, findJunctions, pairArms, resolveJunctions } from "./index.ts";

const LINE = 4;

function find(pipe: Mask, bends = false) {
  const { skeleton } = skeletonizeSimple(pipe, { lineWidthPx: LINE });
  return findJunctions(skeleton, { lineWidthPx: LINE, ink: pipe, bends });
}

const kinds = (pipe: Mask) =>
  find(pipe).map((candidate) => classifyGeometric(candidate, { lineWidthPx: LINE }).kind);

const cross = (angleDeg: number, widths = LINE) => {
  const [dx, dy] = [100 * Math.cos((angleDeg * Math.PI) / 180), 100 * Math.sin((angleDeg * Math.PI) / 180)];
  return new Drawing(240, 240)
    .line(
      [
        [10, 120],
        [230, 120],
      ],
      widths,
    )
    .line(
      [
        [120 - dx, 120 - dy],
        [120 + dx, 120 + dy],
      ],
      widths,
    );
};

const jumpArc = (radius: number) =>
  new Drawing(240, 240)
    .line(
      [
        [120, 10],
        [120, 230],
      ],
      LINE,
    )
    .line(
      [
        [10, 120],
        [120 - radius, 120],
      ],
      LINE,
    )
    .line(
      [
        [120 + radius, 120],
        [230, 120],
      ],
      LINE,
    )
    .arc([120, 120], radius, 180, 360, LINE);

describe("findJunctions", () => {
  it("takes the two critical points of a thinned crossing as one place with four arms", () => {
    for (const angle of [90, 75, 60, 45, 30, -45]) {
      const found = find(cross(angle));
      expect([angle, found.map((c) => c.arms.length)]).toEqual([angle, [4]]);
      expect(Math.hypot(found[0]!.at[0] - 120, found[0]!.at[1] - 120)).toBeLessThan(3);
    }
  });

  it("keeps two tees that face each other with an offset apart", () => {
    const pipe = new Drawing(240, 240)
      .line(
        [
          [10, 120],
          [230, 120],
        ],
        LINE,
      )
      .line(
        [
          [110, 120],
          [110, 20],
        ],
        LINE,
      )
      .line(
        [
          [130, 120],
          [130, 220],
        ],
        LINE,
      );
    expect(find(pipe).map((c) => c.arms.length)).toEqual([3, 3]);
  });

  it("measures outgoing directions within a few degrees", () => {
    const [tee] = find(
      new Drawing(240, 240)
        .line(
          [
            [10, 120],
            [230, 120],
          ],
          LINE,
        )
        .line(
          [
            [120, 120],
            [120, 220],
          ],
          LINE,
        ),
    );
    const degrees = tee!.arms.map(([x, y]) => Math.round((Math.atan2(y, x) * 180) / Math.PI + 360) % 360);
    expect(degrees).toEqual([0, 90, 180]);
  });

  it("lists the corners of a line as bends, but not the feet of a jump arc", () => {
    const bends = find(
      new Drawing(240, 240).line(
        [
          [20, 20],
          [200, 20],
          [200, 200],
        ],
        LINE,
      ),
      true,
    );
    expect(bends).toHaveLength(1);
    expect(Math.hypot(bends[0]!.at[0] - 200, bends[0]!.at[1] - 20)).toBeLessThan(5);
    expect(find(jumpArc(14), true).map((c) => c.arms.length)).toEqual([4]);
  });
});

describe("classifyGeometric", () => {
  it("calls bare crossings plain at any angle", () => {
    for (const angle of [90, 70, 50, 35]) expect([angle, kinds(cross(angle))]).toEqual([angle, ["plain"]]);
  });

  it("calls a crossing with a dot a cross, whatever the widths of its lines", () => {
    for (const width of [2, 3, 4, 6]) {
      expect([width, kinds(cross(90, width).disc([120, 120], 1.25 * width + 1))]).toEqual([width, ["cross"]]);
      expect([width, kinds(cross(90, width))]).toEqual([width, ["plain"]]);
    }
  });

  it("calls a jump arc a bridge, small or large, and puts it where the lines would cross", () => {
    for (const radius of [9, 12, 16, 22, 30]) {
      expect([radius, kinds(jumpArc(radius))]).toEqual([radius, ["bridge"]]);
      const [found] = find(jumpArc(radius));
      expect(Math.hypot(found!.at[0] - 120, found!.at[1] - 120)).toBeLessThan(4);
    }
  });

  it("calls three arms a tee, with and without a dot", () => {
    const tee = () =>
      new Drawing(240, 240)
        .line(
          [
            [10, 120],
            [230, 120],
          ],
          LINE,
        )
        .line(
          [
            [120, 120],
            [120, 220],
          ],
          LINE,
        );
    expect(kinds(tee())).toEqual(["tee"]);
    expect(kinds(tee().disc([120, 120], 7))).toEqual(["tee"]);
  });
});

describe("pairArms", () => {
  it("leads both lines of a crossing straight on", () => {
    expect(
      pairArms(
        [
          [1, 0],
          [0, 1],
          [-1, 0],
          [0, -1],
        ],
        "plain",
      ),
    ).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it("finds the run of a tee", () => {
    expect(
      pairArms(
        [
          [1, 0],
          [0.7, 0.71],
          [-1, 0.05],
        ],
        "tee",
      ),
    ).toEqual([[0, 2]]);
  });
});

describe("resolveJunctions", () => {
  const candidates = find(cross(90));
  const resolve = (probabilities: number[]) =>
    resolveJunctions(candidates, { lineWidthPx: LINE, probabilities: [probabilities] })[0]!;

  it("follows the network where it is sure", () => {
    expect(resolve([0.01, 0.95, 0.02, 0.02, 0, 0])).toMatchObject({ kind: "cross" });
  });

  it("wants the network surer of a join where nothing is seen of a dot", () => {
    const bare = find(cross(90));
    const say = (share: number) =>
      resolveJunctions(bare, {
        lineWidthPx: LINE,
        probabilities: [[0, share, 0, 1 - share, 0, 0]],
      })[0]!.kind;
    expect(bare[0]!.arms).toHaveLength(4);
    expect([say(0.85), say(0.95)]).toEqual(["plain", "cross"]);
  });

  it("falls back to geometry where the network is unsure or names what cannot be", () => {
    expect(resolve([0, 0.5, 0.1, 0.4, 0, 0]).kind).toBe("plain");
    expect(resolve([0.98, 0.02, 0, 0, 0, 0]).kind).toBe("plain");
  });
});

describe("drawJunctionMasks", () => {
  it("draws joins and passes into separate masks", () => {
    const masks = drawJunctionMasks(
      40,
      20,
      [
        { at: [10, 10], kind: "tee" },
        { at: [30, 10], kind: "bridge" },
        { at: [20, 5], kind: "bend" },
      ],
      { lineWidthPx: 2 },
    );
    expect([masks.junctionMask.data[10 * 40 + 10], masks.junctionMask.data[10 * 40 + 30]]).toEqual([1, 0]);
    expect([masks.bridgeMask.data[10 * 40 + 10], masks.bridgeMask.data[10 * 40 + 30]]).toEqual([0, 1]);
    expect(masks.junctionMask.data[5 * 40 + 20]! + masks.bridgeMask.data[5 * 40 + 20]!).toBe(0);
  });
});
