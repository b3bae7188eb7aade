import { describe, expect, it } from "vitest";
import { generateSheet, type Truth } from "./index.ts";

type Run = { id: string; x0: number; y0: number; x1: number; y1: number };

/** Straight runs of all edges. */
function runsOf(truth: Truth): Run[] {
  return truth.edges.flatMap((e) =>
    e.points.slice(1).map(([x, y], i) => {
      const [a, b] = e.points[i]!;
      return { id: e.id, x0: Math.min(a, x), y0: Math.min(b, y), x1: Math.max(a, x), y1: Math.max(b, y) };
    }),
  );
}

describe("geometry of generated sheets", async () => {
  const truths = await Promise.all(
    [1008, 1011, 1040, 1052].map(
      async (seed) => (await generateSheet({ seed, widthPx: 2000, heightPx: 1400 })).truth,
    ),
  );

  it("draws lines upright or level only", () => {
    for (const t of truths)
      for (const e of t.edges)
        for (let i = 1; i < e.points.length; i++) {
          const [[a, b], [c, d]] = [e.points[i - 1]!, e.points[i]!];
          expect((a === c) !== (b === d), `${t.seed} ${e.id}`).toBe(true);
        }
  });

  it("lists every place where two lines meet, as a node or as a crossing", () => {
    for (const t of truths) {
      const known = [...t.crossings.map((c) => c.at), ...t.nodes.filter((n) => !n.bbox).map((n) => n.center)];
      const runs = runsOf(t);
      for (const [i, a] of runs.entries())
        for (const b of runs.slice(i + 1)) {
          const [x, y] = [Math.max(a.x0, b.x0), Math.max(a.y0, b.y0)];
          if (a.id === b.id || Math.min(a.x1, b.x1) < x || Math.min(a.y1, b.y1) < y) continue;
          const listed = known.some(([u, v]) => Math.abs(u - x) < 1.5 && Math.abs(v - y) < 1.5);
          expect(listed, `${t.seed}: ${a.id} meets ${b.id} at ${x},${y}`).toBe(true);
        }
    }
  });

  it("keeps lines out of symbols they do not end at", () => {
    for (const t of truths) {
      const ends = new Map(t.edges.map((e) => [e.id, [e.source, e.target]]));
      for (const n of t.nodes.filter((k) => k.bbox)) {
        const [x, y, w, h] = n.bbox!;
        for (const r of runsOf(t)) {
          if (ends.get(r.id)!.includes(n.id)) continue;
          const through = r.x1 > x + 1 && r.x0 < x + w - 1 && r.y1 > y + 1 && r.y0 < y + h - 1;
          expect(through, `${t.seed}: ${r.id} through ${n.class}`).toBe(false);
        }
      }
    }
  });

  it("keeps symbols apart", () => {
    for (const t of truths) {
      const boxes = t.nodes.flatMap((n) => (n.bbox ? [n.bbox] : []));
      for (const [i, [x, y, w, h]] of boxes.entries())
        for (const [a, b, c, d] of boxes.slice(i + 1))
          expect(x < a + c && a < x + w && y < b + d && b < y + h, `${t.seed} at ${x},${y}`).toBe(false);
    }
  });
});
