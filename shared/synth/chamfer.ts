import type { Plan, Point } from "./types.ts";

/** Cuts the corners of all lines off at 45 degrees, on sheets drafted so; a corner with too little room stays square. */
export function chamferCorners(plan: Plan): void {
  const cut = plan.drafting.chamfer * plan.grid.cell;
  if (!cut) return;
  for (const edge of plan.edges) {
    const out: Point[] = [edge.points[0]!];
    for (let i = 1; i < edge.points.length - 1; i++) {
      const [a, p, b] = [edge.points[i - 1]!, edge.points[i]!, edge.points[i + 1]!];
      const [u, v] = [toward(p, a, cut), toward(p, b, cut)];
      if (u && v) out.push(u, v);
      else out.push(p);
    }
    out.push(edge.points[edge.points.length - 1]!);
    edge.points = out;
  }
}

/** The point `cut` px from p towards q; undefined when less than twice that lies between them. */
function toward(p: Point, q: Point, cut: number): Point | undefined {
  const long = Math.hypot(q[0] - p[0], q[1] - p[1]);
  if (long < cut * 2.2) return undefined;
  return [p[0] + ((q[0] - p[0]) * cut) / long, p[1] + ((q[1] - p[1]) * cut) / long];
}
