import type { PlanCrossing, PlanEdge, Point } from "./types.ts";

/** A straight piece, or a half circle over another line. */
export type Piece =
  | { kind: "line"; from: Point; to: Point }
  | { kind: "arc"; centre: Point; radius: number; from: Point; to: Point; clockwise: boolean }
  | { kind: "gap"; from: Point; to: Point };

/** Crossings where each edge jumps. */
export function jumpsByEdge(crossings: readonly PlanCrossing[]): Map<PlanEdge, Point[]> {
  const out = new Map<PlanEdge, Point[]>();
  for (const c of crossings) {
    if (c.kind !== "bridge") continue;
    const list = out.get(c.edges[0]) ?? [];
    list.push(c.at);
    out.set(c.edges[0], list);
  }
  return out;
}

/** Cuts an edge into straight pieces, jump arcs and gaps, in order from end to end. Arcs bulge up or to the right. */
export function edgePieces(edge: PlanEdge, jumps: readonly Point[], radius: number): Piece[] {
  const out: Piece[] = [];
  for (let i = 1; i < edge.points.length; i++) {
    const [a, b] = [edge.points[i - 1]!, edge.points[i]!];
    const long = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const [ux, uy] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
    const at = (s: number): Point => [a[0] + ux * s, a[1] + uy * s];
    const where = (p: Point): number | undefined => {
      const s = (p[0] - a[0]) * ux + (p[1] - a[1]) * uy;
      const off = Math.abs((p[0] - a[0]) * uy - (p[1] - a[1]) * ux);
      return off < 0.5 && s > 0 && s < long ? s : undefined;
    };
    const events: { s0: number; s1: number; centre?: Point }[] = [];
    for (const centre of jumps) {
      const s = where(centre);
      if (s !== undefined) events.push({ s0: s - radius, s1: s + radius, centre });
    }
    for (const [p, q] of edge.gaps) {
      const [s, t] = [where(p), where(q)];
      if (s !== undefined && t !== undefined) events.push({ s0: Math.min(s, t), s1: Math.max(s, t) });
    }
    events.sort((x, y) => x.s0 - y.s0);
    let s = 0;
    for (const e of events) {
      if (e.s0 > s) out.push({ kind: "line", from: at(s), to: at(e.s0) });
      if (e.centre)
        out.push({
          kind: "arc",
          centre: e.centre,
          radius,
          from: at(e.s0),
          to: at(e.s1),
          clockwise: ux > 0 || uy > 0,
        });
      else out.push({ kind: "gap", from: at(e.s0), to: at(e.s1) });
      s = e.s1;
    }
    if (s < long) out.push({ kind: "line", from: at(s), to: b });
  }
  return out;
}

/** Calls back about every `step` px along the pieces, with the unit normal; gaps are walked when `bridged`. */
export function walkPieces(
  pieces: readonly Piece[],
  step: number,
  bridged: boolean,
  visit: (x: number, y: number, nx: number, ny: number) => void,
): void {
  for (const p of pieces) {
    if (p.kind === "gap" && !bridged) continue;
    const [dx, dy] = [p.to[0] - p.from[0], p.to[1] - p.from[1]];
    if (p.kind !== "arc") {
      const long = Math.hypot(dx, dy);
      const n = Math.max(1, Math.ceil(long / step));
      for (let i = 0; i <= n; i++)
        visit(p.from[0] + (dx * i) / n, p.from[1] + (dy * i) / n, -dy / (long || 1), dx / (long || 1));
      continue;
    }
    const n = Math.max(4, Math.ceil((Math.PI * p.radius) / step));
    const start = Math.atan2(p.from[1] - p.centre[1], p.from[0] - p.centre[0]);
    for (let i = 0; i <= n; i++) {
      const t = start + ((p.clockwise ? 1 : -1) * Math.PI * i) / n;
      const [c, s] = [Math.cos(t), Math.sin(t)];
      visit(p.centre[0] + p.radius * c, p.centre[1] + p.radius * s, c, s);
    }
  }
}
