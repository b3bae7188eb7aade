import { beforeAll, describe, expect, it } from "vitest";
import { generateSheet, type Sheet } from "./index.ts";

const options = { widthPx: 1600, heightPx: 1200, density: 1 };
let sheets: Sheet[];

beforeAll(async () => {
  sheets = [];
  for (const seed of [3, 4, 5]) sheets.push(await generateSheet({ seed, ...options }));
}, 60_000);

/** Shortest distance of a point to the border of a box; inside counts as well. */
function toBorder([px, py]: number[], [x, y, w, h]: number[]): number {
  const [dx, dy] = [Math.max(x! - px!, 0, px! - x! - w!), Math.max(y! - py!, 0, py! - y! - h!)];
  if (dx || dy) return Math.hypot(dx, dy);
  return Math.min(px! - x!, x! + w! - px!, py! - y!, y! + h! - py!);
}

describe("generateSheet", () => {
  it("gives the same sheet for the same seed and another for another", async () => {
    const [first] = sheets;
    const again = await generateSheet({ seed: 3, ...options });
    expect(again.truth).toEqual(first!.truth);
    expect(Buffer.compare(again.image, first!.image)).toBe(0);
    expect(Buffer.compare(again.style, first!.style)).toBe(0);
    expect(sheets[1]!.truth.nodes).not.toEqual(first!.truth.nodes);
  });

  it("gives the same scanned sheet for the same seed", async () => {
    const scan = { seed: 9, widthPx: 900, heightPx: 700, scan: "heavy" } as const;
    const [a, b] = [await generateSheet(scan), await generateSheet(scan)];
    expect(Buffer.compare(a.image, b.image)).toBe(0);
    expect(new Set(a.image).size).toBeGreaterThan(1);
  });

  it("ends every edge at its nodes", () => {
    for (const { truth } of sheets) {
      const nodes = new Map(truth.nodes.map((n) => [n.id, n]));
      expect(truth.edges.length).toBeGreaterThan(20);
      for (const e of truth.edges) {
        for (const [id, at] of [
          [e.source, e.points[0]!],
          [e.target, e.points[e.points.length - 1]!],
        ] as const) {
          const node = nodes.get(id)!;
          if (!node.bbox) {
            expect(at, `${e.id} at ${id}`).toEqual(node.center);
            continue;
          }
          // Ports of round and pointed bodies lie on the outline, at most half the body inside the box.
          const slack = Math.min(node.bbox[2], node.bbox[3]) / 2 + 1;
          expect(toBorder(at, node.bbox), `${e.id} at ${node.class}`).toBeLessThanOrEqual(slack);
        }
      }
    }
  });

  it("draws ink under every solid edge and none of it inside symbols", () => {
    for (const { truth, pipe, widthPx } of sheets) {
      const texts = truth.texts.map((t) => t.bbox);
      for (const e of truth.edges.filter((k) => k.style === "solid")) {
        for (let i = 1; i < e.points.length; i++) {
          const [a, b] = [e.points[i - 1]!, e.points[i]!];
          // Between parts that touch each other there is no room for ink.
          if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 10) continue;
          for (const t of [0.25, 0.5, 0.75]) {
            const [x, y] = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            const near = (c: { at: number[] }) => Math.hypot(c.at[0]! - x, c.at[1]! - y) < 40;
            if (
              truth.crossings.some(near) ||
              texts.some(([u, v, w, h]) => x > u - 12 && x < u + w + 12 && y > v - 12 && y < v + h + 12)
            )
              continue;
            expect(inked(pipe, widthPx, x, y), `${e.id} at ${x},${y}`).toBe(true);
          }
        }
      }
    }
  });

  it("boxes symbol ink tightly", () => {
    for (const { truth, style, widthPx } of sheets) {
      for (const n of truth.nodes.filter((k) => k.bbox)) {
        const [x, y, w, h] = n.bbox!;
        const rows = [y, y + h - 1, x, x + w - 1].map(Math.floor);
        const has = (x0: number, y0: number, x1: number, y1: number) => {
          for (let r = Math.floor(y0); r <= y1; r++)
            for (let c = Math.floor(x0); c <= x1; c++) if (style[r * widthPx + c] === 7) return true;
          return false;
        };
        expect(has(x, rows[0]! - 1, x + w, rows[0]! + 2), `${n.class} top`).toBe(true);
        expect(has(x, rows[1]! - 2, x + w, rows[1]! + 1), `${n.class} bottom`).toBe(true);
        expect(has(rows[2]! - 1, y, rows[2]! + 2, y + h), `${n.class} left`).toBe(true);
        expect(has(rows[3]! - 2, y, rows[3]! + 1, y + h), `${n.class} right`).toBe(true);
      }
    }
  });

  it("lists crossings of two different edges that both pass there", () => {
    for (const { truth } of sheets) {
      const edges = new Map(truth.edges.map((e) => [e.id, e]));
      for (const c of truth.crossings) {
        expect(c.edges[0]).not.toBe(c.edges[1]);
        for (const id of c.edges) expect(passes(edges.get(id)!.points, c.at), `${id} at ${c.at}`).toBe(true);
      }
    }
  });

  it("gives tees three arms, crosses four, and pairs opposite arms", () => {
    for (const { truth } of sheets) {
      for (const j of truth.junctions) {
        expect(j.arms.length, `${j.kind} at ${j.at}`).toBe(j.kind === "tee" ? 3 : j.kind === "bend" ? 2 : 4);
        expect(j.continues.length).toBe(j.kind === "tee" || j.kind === "bend" ? 1 : 2);
      }
    }
  });

  it("calls a pixel pipe exactly where its style is a line", () => {
    for (const { pipe, style } of sheets)
      for (let i = 0; i < pipe.length; i++)
        if ((pipe[i] === 255) !== (style[i]! >= 1 && style[i]! <= 5)) expect.fail(`pixel ${i}`);
  });
});

function inked(mask: Uint8Array, widthPx: number, x: number, y: number): boolean {
  for (let r = Math.floor(y) - 1; r <= y + 1; r++)
    for (let c = Math.floor(x) - 1; c <= x + 1; c++) if (mask[r * widthPx + c]) return true;
  return false;
}

function passes(points: readonly (readonly number[])[], [x, y]: readonly number[]): boolean {
  for (let i = 1; i < points.length; i++) {
    const [[a, b], [c, d]] = [points[i - 1]!, points[i]!];
    if (
      x! >= Math.min(a!, c!) - 0.1 &&
      x! <= Math.max(a!, c!) + 0.1 &&
      y! >= Math.min(b!, d!) - 0.1 &&
      y! <= Math.max(b!, d!) + 0.1
    )
      return true;
  }
  return false;
}
