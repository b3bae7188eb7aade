import { arrowSymbol } from "./draw-layers.ts";
import { skewedBox } from "./masks.ts";
import { skewedInk } from "./skewed-ink.ts";
import { textInk } from "./text-box.ts";
import { apply, type Skew } from "./transform.ts";
import type { LineStyle, Plan, PlanEdge, PlanNode, Point } from "./types.ts";

/** x, y, width, height in sheet pixels. */
export type Box = [number, number, number, number];

export interface TruthNode {
  id: string;
  type: PlanNode["type"];
  class?: string;
  bbox?: Box;
  center: Point;
  tag?: string;
}

export interface TruthEdge {
  id: string;
  source: string;
  target: string;
  points: Point[];
  line: "process" | "signal";
  style: LineStyle;
  direction: "forward" | "backward" | null;
  widthPx: number;
  sourcePort?: string;
  targetPort?: string;
}

export interface TruthJunction {
  at: Point;
  kind: "tee" | "cross" | "plain" | "bridge" | "bend";
  arms: Point[];
  continues: [number, number][];
}

/** Everything that is true of a sheet; the first part is graph.json version 1. */
export interface Truth {
  version: 1;
  seed: number;
  generator: string;
  sheet: { uid: string; widthPx: number; heightPx: number; dpi: number };
  nodes: TruthNode[];
  edges: TruthEdge[];
  crossings: { at: Point; kind: "bridge" | "plain"; edges: [string, string] }[];
  texts: { bbox: Box; text: string; angle: number; of?: string }[];
  junctions: TruthJunction[];
  /** Flow arrows: drawn over a line, they are no nodes. `angle` is degrees clockwise from east. */
  arrows: { class: "flow_arrow"; bbox: Box; center: Point; angle: number; edge: string }[];
  /** Symbols shown in a legend: no part of the diagram, and no background either. */
  legend: { class: string; bbox: Box }[];
  lineWidthPx: number;
}

const r = (v: number) => Math.round(v * 100) / 100;

/** Writes down what the plan says, as it lies on the (possibly skewed) sheet. */
export function makeTruth(plan: Plan, skew: Skew, seed: number, uid: string): Truth {
  const point = (p: Point): Point => {
    const q = apply(skew, p);
    return [r(q[0]), r(q[1])];
  };
  const corners = ([x0, y0, x1, y1]: readonly [number, number, number, number]): Box => [
    r(x0),
    r(y0),
    r(x1 - x0),
    r(y1 - y0),
  ];
  const box = (b: readonly number[]): Box => corners(skewedBox(skew, b));
  const direction = (from: Point, to: Point): Point => {
    const [a, b] = [apply(skew, from), apply(skew, to)];
    const long = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    return [r((b[0] - a[0]) / long), r((b[1] - a[1]) / long)];
  };
  const nodes = plan.nodes.map((n): TruthNode => {
    if (!n.symbol) return { id: n.id, type: n.type, center: point(n.at) };
    const b = corners(skewedInk(n.symbol, n.at, skew));
    return {
      id: n.id,
      type: "symbol",
      class: n.symbol.name,
      bbox: b,
      center: [r(b[0] + b[2] / 2), r(b[1] + b[3] / 2)],
      ...(n.tag ? { tag: n.tag } : {}),
    };
  });
  return {
    version: 1,
    seed,
    generator: "penstock-synth 2",
    sheet: { uid, widthPx: plan.widthPx, heightPx: plan.heightPx, dpi: 200 },
    nodes,
    edges: plan.edges.map((e) => edgeTruth(e, point)),
    crossings: plan.crossings.map((c) => ({
      at: point(c.at),
      kind: c.kind,
      edges: [c.edges[0].id, c.edges[1].id],
    })),
    texts: plan.texts.flatMap((t) => {
      const ink = textInk(plan.drafting, t);
      return ink ? [{ bbox: box(ink), text: t.text, angle: t.angle, ...(t.of ? { of: t.of } : {}) }] : [];
    }),
    junctions: junctions(plan, point, direction),
    arrows: plan.edges.flatMap((e) =>
      e.arrow
        ? [
            {
              class: "flow_arrow" as const,
              bbox: corners(skewedInk(arrowSymbol(plan, e.arrow.turns), e.arrow.at, skew)),
              center: point(e.arrow.at),
              angle: e.arrow.turns * 90,
              edge: e.id,
            },
          ]
        : [],
    ),
    legend: plan.legend.map(({ symbol, at }) => ({
      class: symbol.name,
      bbox: corners(skewedInk(symbol, at, skew)),
    })),
    lineWidthPx: plan.drafting.processWidth,
  };
}

function edgeTruth(e: PlanEdge, point: (p: Point) => Point): TruthEdge {
  return {
    id: e.id,
    source: e.from.node.id,
    target: e.to.node.id,
    points: e.points.map(point),
    line: e.line,
    style: e.style,
    direction: e.arrow ? arrowSense(e) : null,
    widthPx: e.widthPx,
    ...(e.from.port ? { sourcePort: e.from.port } : {}),
    ...(e.to.port ? { targetPort: e.to.port } : {}),
  };
}

/** Whether the arrow of an edge points from its source to its target. */
function arrowSense(e: PlanEdge): "forward" | "backward" {
  const [x, y] = e.arrow!.at;
  for (let i = 1; i < e.points.length; i++) {
    const [a, b] = [e.points[i - 1]!, e.points[i]!];
    const on =
      x >= Math.min(a[0], b[0]) - 1 &&
      x <= Math.max(a[0], b[0]) + 1 &&
      y >= Math.min(a[1], b[1]) - 1 &&
      y <= Math.max(a[1], b[1]) + 1;
    if (!on) continue;
    const turns = a[1] === b[1] ? (b[0] > a[0] ? 0 : 2) : b[1] > a[1] ? 1 : 3;
    if (turns % 2 === e.arrow!.turns % 2) return turns === e.arrow!.turns ? "forward" : "backward";
  }
  return "forward";
}

function junctions(
  plan: Plan,
  point: (p: Point) => Point,
  direction: (a: Point, b: Point) => Point,
): TruthJunction[] {
  const out: TruthJunction[] = [];
  const arms = new Map<PlanNode, Point[]>();
  for (const e of plan.edges) {
    const n = e.points.length;
    for (const [node, at, next] of [
      [e.from.node, e.points[0]!, e.points[1]!],
      [e.to.node, e.points[n - 1]!, e.points[n - 2]!],
    ] as const) {
      const list = arms.get(node) ?? [];
      list.push(direction(at, next));
      arms.set(node, list);
    }
    for (let i = 1; i < n - 1; i++) {
      const at = e.points[i]!;
      out.push({
        at: point(at),
        kind: "bend",
        arms: [direction(at, e.points[i - 1]!), direction(at, e.points[i + 1]!)],
        continues: [[0, 1]],
      });
    }
  }
  for (const node of plan.nodes) {
    if (node.type !== "tee" && node.type !== "cross") continue;
    const list = arms.get(node) ?? [];
    out.push({ at: point(node.at), kind: node.type, arms: list, continues: opposites(list) });
  }
  for (const c of plan.crossings) {
    const [x, y] = c.at;
    const list = (
      [
        [x + 1, y],
        [x - 1, y],
        [x, y + 1],
        [x, y - 1],
      ] as Point[]
    ).map((p) => direction(c.at, p));
    out.push({
      at: point(c.at),
      kind: c.kind,
      arms: list,
      continues: [
        [0, 1],
        [2, 3],
      ],
    });
  }
  return out;
}

/** Pairs of arms that lie on one straight line. */
function opposites(arms: readonly Point[]): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i < arms.length; i++)
    for (let j = i + 1; j < arms.length; j++)
      if (arms[i]![0] * arms[j]![0] + arms[i]![1] * arms[j]![1] < -0.99) out.push([i, j]);
  return out;
}
