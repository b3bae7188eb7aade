import type { Graph } from "#shared/messages";
import type { Junction, Point } from "#shared/vision";

/** A corner turns by more than this, rad. */
const CORNER = 0.4;

/**
 * What people say meets at each place the classify stage named: the nearest tee, cross or crossing of the validated graph, else
 * a corner of one of its lines, else `none`.
 * @param reachPx how far the truth may lie from the place
 */
export function junctionTruths(junctions: readonly Junction[], graph: Graph, reachPx: number): string[] {
  const places: { at: Point; kind: string }[] = [
    ...graph.nodes
      .filter(({ type }) => type === "tee" || type === "cross")
      .map(({ center, type }) => ({ at: center, kind: type as string })),
    ...graph.crossings.map(({ at, kind }) => ({ at, kind: kind as string })),
  ];
  const corners = graph.edges.flatMap(({ points }) => cornersOf(points)).map((at) => ({ at, kind: "bend" }));
  return junctions.map(({ at }) => nearest(places, at, reachPx) ?? nearest(corners, at, reachPx) ?? "none");
}

function nearest(
  places: readonly { at: Point; kind: string }[],
  [x, y]: Point,
  reachPx: number,
): string | null {
  let [best, kind]: [number, string | null] = [reachPx, null];
  for (const place of places) {
    const distance = Math.hypot(place.at[0] - x, place.at[1] - y);
    if (distance <= best) [best, kind] = [distance, place.kind];
  }
  return kind;
}

function cornersOf(points: readonly Point[]): Point[] {
  return points.filter((at, i) => {
    if (i === 0 || i === points.length - 1) return false;
    const [before, after] = [points[i - 1]!, points[i + 1]!];
    const turn =
      Math.atan2(after[1] - at[1], after[0] - at[0]) - Math.atan2(at[1] - before[1], at[0] - before[0]);
    return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))) > CORNER;
  });
}
