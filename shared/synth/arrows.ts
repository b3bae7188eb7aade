import type { Random } from "./random.ts";
import type { Plan, Point } from "./types.ts";

/** Gives some process edges a flow arrow in the middle or at the end of a run, clear of crossings. */
export function addArrows(plan: Plan, random: Random): void {
  const { drafting } = plan;
  for (const edge of plan.edges) {
    const must = edge.to.node.type === "offpage" || edge.from.node.type === "offpage";
    if (edge.line !== "process" || !(must || random.chance(drafting.arrowChance))) continue;
    // An arrow at an open end points out of the sheet; lines were grown from that end.
    const outwards = edge.from.node.type === "offpage";
    const points = outwards ? [...edge.points].reverse() : edge.points;
    const runs = points.slice(1).map((b, i) => [points[i]!, b] as [Point, Point]);
    const ends = must || random.chance(0.3);
    const order = ends ? [runs[runs.length - 1]!] : random.shuffle(runs);
    for (const [a, b] of order) {
      const long = Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
      if (long < drafting.arrow * 2) continue;
      const k = ends ? 1 - (drafting.arrow * 0.5 + edge.widthPx * 0.3) / long : random.real(0.3, 0.7);
      const at: Point = [a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k];
      const near = drafting.arrow + drafting.jumpRadius + 2;
      if (plan.crossings.some((c) => Math.abs(c.at[0] - at[0]) < near && Math.abs(c.at[1] - at[1]) < near))
        continue;
      if (ends && edge.to.node.type === "tee" && random.chance(0.7)) continue;
      const turns = a[1] === b[1] ? (b[0] > a[0] ? 0 : 2) : b[1] > a[1] ? 1 : 3;
      edge.arrow = { at, turns };
      if (outwards) {
        [edge.from, edge.to] = [edge.to, edge.from];
        edge.points.reverse();
        edge.vertices.reverse();
      }
      break;
    }
    if (must && !edge.arrow)
      for (const end of [edge.from, edge.to]) if (end.node.type === "offpage") end.node.type = "endpoint";
  }
}
