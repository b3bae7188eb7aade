import { describe, expect, it } from "vitest";
import { Drawing } from "../geometry/drawing.ts";
import type { Box, Mask } from "../geometry/types.ts";
import { findJunctions, resolveJunctions } from "../junctions/index.ts";
import { rasteriseBoxes } from "../mask/rasterise-boxes.ts";
import { skeletonizeFull } from "../skeletonize/index.ts";
import { arrowDirection, buildGraph, type GraphInput, type SymbolBox } from "./index.ts";

const LINE = 4;

/** Runs the classical stages as the services do. */
function graphOf(pipe: Mask, symbols: SymbolBox[] = [], more: Partial<GraphInput> = {}) {
  const nodes = rasteriseBoxes(
    pipe.width,
    pipe.height,
    symbols.filter((s) => s.class !== "arrow").map((s) => s.bbox),
  );
  const covers: Box[] = [
    ...(more.coverBoxes ?? []),
    ...symbols.filter((s) => s.class === "arrow").map((s) => s.bbox),
  ];
  const { skeleton } = skeletonizeFull(pipe, nodes, { lineWidthPx: LINE, coverBoxes: covers });
  const junctions = resolveJunctions(findJunctions(skeleton, { lineWidthPx: LINE, ink: pipe }), {
    lineWidthPx: LINE,
  });
  const sheet = { uid: "t", widthPx: pipe.width, heightPx: pipe.height };
  return buildGraph({ sheet, skeleton, junctions, symbols, lineWidthPx: LINE, pipeMask: pipe, ...more });
}

/** Edges as "a-b" with their ends sorted, symbols by id and places by type. */
function links(graph: ReturnType<typeof graphOf>): string[] {
  const name = (id: string) => {
    const node = graph.nodes.find((n) => n.id === id)!;
    return node.class ? id : node.type;
  };
  return graph.edges.map((e) => [name(e.source), name(e.target)].sort().join("-")).sort();
}

const valve = (id: string, x: number, y: number, w = 40, h = 24): SymbolBox => ({
  id,
  class: "gate_valve",
  bbox: [x, y, w, h],
});
const sheet = () => new Drawing(400, 400);

describe("buildGraph", () => {
  it("joins two symbols by the line between them, with its ports", () => {
    const graph = graphOf(
      sheet().line(
        [
          [90, 100],
          [250, 100],
        ],
        LINE,
      ),
      [valve("a", 50, 88), valve("b", 250, 88)],
    );
    expect(links(graph)).toEqual(["a-b"]);
    const [edge] = graph.edges;
    expect([edge!.sourcePort, edge!.targetPort].sort()).toEqual(["E", "W"]);
    expect(edge).toMatchObject({ style: "solid", line: "process", direction: null, widthPx: LINE });
    expect(edge!.points).toHaveLength(2);
  });

  it("parts a line at an inline symbol even when the mask runs through it", () => {
    const graph = graphOf(
      sheet().line(
        [
          [90, 100],
          [330, 100],
        ],
        LINE,
      ),
      [valve("a", 50, 88), valve("m", 180, 88), valve("b", 330, 88)],
    );
    expect(links(graph)).toEqual(["a-m", "b-m"]);
  });

  it("leaves a line that only grazes a symbol's corner whole", () => {
    const graph = graphOf(
      sheet().line(
        [
          [90, 100],
          [330, 100],
        ],
        LINE,
      ),
      [valve("a", 50, 88), valve("x", 180, 97, 60, 60), valve("b", 330, 88)],
    );
    expect(links(graph)).toEqual(["a-b"]);
  });

  it("makes a node where lines join", () => {
    const graph = graphOf(
      sheet()
        .line(
          [
            [90, 100],
            [250, 100],
          ],
          LINE,
        )
        .line(
          [
            [170, 100],
            [170, 250],
          ],
          LINE,
        ),
      [valve("a", 50, 88), valve("b", 250, 88), valve("c", 158, 250, 24, 40)],
    );
    expect(links(graph)).toEqual(["a-tee", "b-tee", "c-tee"]);
    expect(graph.crossings).toEqual([]);
  });

  const around = [
    valve("w", 10, 188),
    valve("e", 350, 188),
    valve("n", 188, 10, 24, 40),
    valve("s", 188, 350, 24, 40),
  ];

  it("keeps both lines whole where they only cross", () => {
    const graph = graphOf(
      sheet()
        .line(
          [
            [50, 200],
            [350, 200],
          ],
          LINE,
        )
        .line(
          [
            [200, 50],
            [200, 350],
          ],
          LINE,
        ),
      around,
    );
    expect(links(graph)).toEqual(["e-w", "n-s"]);
    expect(graph.crossings).toMatchObject([{ kind: "plain" }]);
    expect([...graph.crossings[0]!.edges].sort()).toEqual(graph.edges.map((e) => e.id).sort());
  });

  it("keeps both lines whole at a jump arc, of any size", () => {
    for (const r of [9, 14, 22]) {
      const pipe = sheet()
        .line(
          [
            [200, 50],
            [200, 350],
          ],
          LINE,
        )
        .line(
          [
            [50, 200],
            [200 - r, 200],
          ],
          LINE,
        )
        .line(
          [
            [200 + r, 200],
            [350, 200],
          ],
          LINE,
        )
        .arc([200, 200], r, 180, 360, LINE);
      const graph = graphOf(pipe, around);
      expect([r, links(graph)]).toEqual([r, ["e-w", "n-s"]]);
      expect(graph.crossings).toMatchObject([{ kind: "bridge" }]);
      expect(Math.hypot(graph.crossings[0]!.at[0] - 200, graph.crossings[0]!.at[1] - 200)).toBeLessThan(4);
    }
  });

  it("joins four lines where a dot sits on the crossing", () => {
    const pipe = sheet()
      .line(
        [
          [50, 200],
          [350, 200],
        ],
        LINE,
      )
      .line(
        [
          [200, 50],
          [200, 350],
        ],
        LINE,
      )
      .disc([200, 200], 7);
    const graph = graphOf(pipe, around);
    expect(links(graph)).toEqual(["cross-e", "cross-n", "cross-s", "cross-w"]);
  });

  it("follows a given junction against geometry", () => {
    const pipe = sheet()
      .line(
        [
          [50, 200],
          [350, 200],
        ],
        LINE,
      )
      .line(
        [
          [200, 50],
          [200, 350],
        ],
        LINE,
      );
    const junctions = [
      { at: [200, 200] as [number, number], kind: "cross" as const, score: 1, arms: [], continues: [] },
    ];
    expect(links(graphOf(pipe, around, { junctions }))).toEqual(["cross-e", "cross-n", "cross-s", "cross-w"]);
  });

  it("leads a line on under a text", () => {
    const pipe = sheet()
      .line(
        [
          [50, 200],
          [140, 200],
        ],
        LINE,
      )
      .line(
        [
          [250, 200],
          [350, 200],
        ],
        LINE,
      );
    expect(links(graphOf(pipe, around.slice(0, 2), { coverBoxes: [[145, 190, 100, 20]] }))).toEqual(["e-w"]);
  });

  it("takes an arrow for a direction, not for a node", () => {
    for (const [tip, direction] of [
      [1, "forward"],
      [-1, "backward"],
    ] as const) {
      const pipe = sheet()
        .line(
          [
            [50, 200],
            [190, 200],
          ],
          LINE,
        )
        .line(
          [
            [210, 200],
            [350, 200],
          ],
          LINE,
        );
      const ink = sheet().line(
        [
          [50, 200],
          [350, 200],
        ],
        LINE,
      );
      for (let x = 0; x <= 20; x++) {
        const half = tip > 0 ? (20 - x) / 2.5 : x / 2.5;
        ink.box([190 + x, 200 - half, 1, 2 * half]);
      }
      const graph = graphOf(pipe, [around[0]!, around[1]!, { class: "arrow", bbox: [190, 192, 20, 16] }], {
        ink,
      });
      expect(links(graph)).toEqual(["e-w"]);
      const [edge] = graph.edges;
      expect(edge!.direction).toBe(
        edge!.source === "w" ? direction : direction === "forward" ? "backward" : "forward",
      );
    }
  });

  it("ends a line at nothing in an endpoint, at the rim of the sheet in an offpage", () => {
    expect(
      links(
        graphOf(
          sheet().line(
            [
              [90, 100],
              [250, 100],
            ],
            LINE,
          ),
          [valve("a", 50, 88)],
        ),
      ),
    ).toEqual(["a-endpoint"]);
    expect(
      links(
        graphOf(
          sheet().line(
            [
              [90, 100],
              [398, 100],
            ],
            LINE,
          ),
          [valve("a", 50, 88)],
        ),
      ),
    ).toEqual(["a-offpage"]);
  });

  it("makes an off-page connector an offpage node with its class", () => {
    const graph = graphOf(
      sheet().line(
        [
          [90, 100],
          [250, 100],
        ],
        LINE,
      ),
      [valve("a", 50, 88), { id: "o", class: "offpage_connector", bbox: [250, 85, 60, 30] }],
    );
    expect(links(graph)).toEqual(["a-o"]);
    expect(graph.nodes.find((n) => n.id === "o")).toMatchObject({
      type: "offpage",
      class: "offpage_connector",
    });
  });

  it("names a dashed line a dashed signal, from the ink or from the segmenter's classes", () => {
    const pipe = sheet().dashes(
      [
        [50, 200],
        [350, 200],
      ],
      3,
      [16, 10],
    );
    expect(graphOf(pipe, around.slice(0, 2)).edges).toMatchObject([{ style: "dashed", line: "signal" }]);
    const styleIndex = { width: 400, height: 400, data: pipe.data.map((v) => v * 3) };
    expect(graphOf(pipe, around.slice(0, 2), { styleIndex }).edges).toMatchObject([{ style: "dotted" }]);
  });

  it("takes the named port nearest to the line's end", () => {
    const portsOf = (s: SymbolBox) => [
      { name: "in", at: [s.bbox[0], s.bbox[1] + 12] as [number, number] },
      { name: "out", at: [s.bbox[0] + 40, s.bbox[1] + 12] as [number, number] },
    ];
    const [edge] = graphOf(
      sheet().line(
        [
          [90, 100],
          [250, 100],
        ],
        LINE,
      ),
      [valve("a", 50, 88), valve("b", 250, 88)],
      { portsOf },
    ).edges;
    expect([edge!.sourcePort, edge!.targetPort].sort()).toEqual(["in", "out"]);
  });

  it("attaches a line to the smaller of two boxes that hold its end", () => {
    const vessel: SymbolBox = { id: "v", class: "vessel", bbox: [200, 40, 180, 300] };
    const graph = graphOf(
      sheet().line(
        [
          [90, 100],
          [260, 100],
        ],
        LINE,
      ),
      [valve("a", 50, 88), vessel, valve("i", 262, 88)],
    );
    expect(links(graph)).toEqual(["a-i"]);
  });

  it("gives an empty skeleton a graph of its symbols alone", () => {
    const graph = graphOf(sheet(), [valve("a", 50, 88)]);
    expect([graph.nodes.length, graph.edges.length]).toEqual([1, 0]);
  });

  it("gives the same graph twice", () => {
    const pipe = sheet()
      .line(
        [
          [50, 200],
          [350, 200],
        ],
        LINE,
      )
      .line(
        [
          [200, 50],
          [200, 350],
        ],
        LINE,
      );
    expect(graphOf(pipe, around)).toEqual(graphOf(pipe, around));
  });
});

describe("arrowDirection", () => {
  it("does not guess from a square", () => {
    expect(arrowDirection(new Drawing(40, 40).box([10, 10, 20, 20]), [10, 10, 20, 20], [1, 0])).toBe(0);
  });

  it.each([
    [1, [1, 0]],
    [-1, [-1, 0]],
  ] as [1 | -1, [number, number]][])(
    "reads a double open head, also at the wall it points at (%i)",
    (tells, axis) => {
      // >> with wings of 7 px on a line of 3 px, then a wall.
      const drawing = new Drawing(60, 40).box([0, 19, 40, 3]);
      for (const tip of [30, 40])
        for (let k = 0; k < 8; k++) drawing.box([tip - k - 2, 20 - k, 2, 1]).box([tip - k - 2, 20 + k, 2, 1]);
      const wall: Box = [40, 2, 15, 36];
      drawing.box([40, 2, 2, 36]);
      const box: Box = [20, 12, 22, 17];
      expect(arrowDirection(drawing, box, axis, [wall])).toBe(tells);
      expect(arrowDirection(drawing, box, axis)).not.toBe(tells);
    },
  );
});
