import { type Port, type Shape, type Side, type Stroke, shapeBounds, symbolClass } from "#shared/symbols";
import type { Stencil } from "./parse-stencils.ts";

type Lay = (x: number, y: number) => [number, number];

/**
 * A foreign shape as a variant of one of our classes: scaled to the size of our own drawing, anchored so that its ports fall
 * on the grid. Undefined when its ports do not serve the way the class is placed.
 */
export function fitStencil(stencil: Stencil, className: string): Shape | undefined {
  const ours = symbolClass(className);
  if (!ours || !stencil.steps.length || isBareBox(stencil)) return undefined;
  const port = (name: string) => stencil.ports.find((p) => p.name === name);
  const own = shapeBounds(ours.variants[0]!);
  const size = Math.max(own[2] - own[0], own[3] - own[1]);
  const [n, e, s, w] = [port("N"), port("E"), port("S"), port("W")];
  if (ours.role === "inline") {
    const upright = !(w && e) && n && s;
    const [a, b] = upright ? [n, s] : [w, e];
    if (!a || !b) return undefined;
    const off = upright ? Math.abs(a.x - b.x) : Math.abs(a.y - b.y);
    const long = upright ? b.y - a.y : b.x - a.x;
    if (off > 0.5 || long < 2) return undefined;
    const axis = ours.variants[0]!.ports.find((p) => p.side === "E")!.x * 2;
    // Slender bodies would grow out of proportion if only their length along the line counted.
    const k = Math.min(axis / long, (size * 1.2) / Math.max(stencil.width, stencil.height));
    const [mx, my] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    const lay: Lay = upright
      ? (x, y) => [(y - my) * k, -(x - mx) * k]
      : (x, y) => [(x - mx) * k, (y - my) * k];
    const ports: Port[] = [
      { name: "W", x: (-long / 2) * k, y: 0, side: "W" },
      { name: "E", x: (long / 2) * k, y: 0, side: "E" },
    ];
    const signal = ours.variants[0]!.ports.find((p) => p.takes === "signal");
    if (signal && !upright && n && Math.abs(n.x - mx) < 1)
      ports.push({ name: "N", x: 0, y: (n.y - my) * k, side: "N", takes: "signal" });
    return draw(stencil, lay, k, ports);
  }
  const wanted = ours.variants[0]!.ports.map((p) => p.side);
  if (ours.role === "end") {
    const [side, at] =
      wanted[0] === "S" ? (["S", s] as const) : wanted[0] === "N" ? (["N", n] as const) : (["W", w] as const);
    if (!at) return undefined;
    const k = size / Math.max(stencil.width, stencil.height);
    return draw(stencil, (x, y) => [(x - at.x) * k, (y - at.y) * k], k, [{ name: side, x: 0, y: 0, side }]);
  }
  if (ours.role !== "equipment" || (!n && !s) || (!e && !w)) return undefined;
  // One level and one upright axis fall on the grid; ports beside them are left out.
  const [ax, ay] = [(n ?? s)!.x, (w ?? e)!.y];
  const k = size / Math.max(stencil.width, stencil.height);
  const ports: Port[] = [];
  const add = (
    p: { x: number; y: number } | undefined,
    side: Side,
    onAxis: (q: { x: number; y: number }) => boolean,
  ) => {
    if (p && onAxis(p)) ports.push({ name: side, x: (p.x - ax) * k, y: (p.y - ay) * k, side });
  };
  add(n, "N", (p) => Math.abs(p.x - ax) < 0.5);
  add(e, "E", (p) => Math.abs(p.y - ay) < 0.5);
  add(s, "S", (p) => Math.abs(p.x - ax) < 0.5);
  add(w, "W", (p) => Math.abs(p.y - ay) < 0.5);
  return ports.length > 1 ? draw(stencil, (x, y) => [(x - ax) * k, (y - ay) * k], k, ports) : undefined;
}

/** A lone rectangle or circle says nothing about its class. */
function isBareBox(stencil: Stencil): boolean {
  const ops = stencil.steps[0]!.path.map((c) => c.op).join("");
  return !stencil.texts.length && stencil.steps.length === 1 && (ops === "MLLLZ" || ops === "MCCCCZ");
}

function draw(stencil: Stencil, lay: Lay, k: number, ports: Port[]): Shape {
  const number = (v: number) => String(Math.round(v * 1e4) / 1e4);
  const strokes = stencil.steps.map((step): Stroke => {
    const d = step.path
      .map(({ op, v }) => {
        if (op === "Z") return "Z";
        const xy: number[] = [];
        for (let i = 0; i < v.length; i += 2) xy.push(...lay(v[i]!, v[i + 1]!));
        return op + xy.map(number).join(" ");
      })
      .join("");
    return {
      d,
      fill: step.fill,
      stroke: step.stroke || step.fill === "ink",
      ...(step.dashed ? { dashed: true } : {}),
    };
  });
  const labels = stencil.texts
    .filter((t) => t.text.length > 0 && t.text.length <= 2)
    .map((t) => {
      const [x, y] = lay(t.x, t.y);
      return { x, y, height: t.height * k, text: t.text };
    });
  return { strokes, ports, ...(labels.length ? { labels } : {}) };
}
