import type { Point } from "../geometry/types.ts";

/**
 * Direction in which a path leaves one of its ends, as a unit vector: from the stretch between `skipPx` and `reachPx`
 * along the path (a least-squares line through its points), because the first pixels of a skeleton near an end or a
 * junction bend by up to half a line width. Where the path turns within that stretch, a shorter one is taken. Short paths
 * use what they have; a single point gives [0, 0].
 * @param points x0, y0, x1, y1, …
 * @param fromEnd 0: leave the first point towards the inside; 1: leave the last point towards the inside
 */
export function pathDirection(points: Int32Array, fromEnd: 0 | 1, skipPx: number, reachPx: number): Point {
  const count = points.length >> 1;
  if (count < 2) return [0, 0];
  const skip = Math.min(Math.round(skipPx), Math.max(0, Math.floor(count / 3)));
  let best: { direction: Point; spread: number } | undefined;
  for (const share of [1, 0.66, 0.45, 0.3, 0.2]) {
    const from = Math.min(skip, Math.round(skipPx * Math.max(share, 0.3)));
    const reach = Math.min(Math.max(from + 2, Math.round(reachPx * share)), count - 1);
    const fit = fitLine(points, fromEnd, Math.min(from, reach - 1), reach);
    if (fit.spread <= STRAIGHT) return fit.direction;
    if (!best || fit.spread < best.spread) best = fit;
  }
  return best!.direction;
}

/** Rms distance from its line up to which a stretch of skeleton is straight, px: steps and jitter stay below it. */
const STRAIGHT = 0.7;

/** Least-squares line through points `skip`…`reach` counted from an end: its direction inwards, and the rms distance. */
function fitLine(
  points: Int32Array,
  fromEnd: 0 | 1,
  skip: number,
  reach: number,
): { direction: Point; spread: number } {
  const count = points.length >> 1;
  const index = (k: number) => (fromEnd === 0 ? k : count - 1 - k) * 2;
  const total = reach - skip + 1;
  let [mx, my] = [0, 0];
  for (let k = skip; k <= reach; k++) {
    mx += points[index(k)]!;
    my += points[index(k) + 1]!;
  }
  mx /= total;
  my /= total;
  let [xx, xy, yy] = [0, 0, 0];
  for (let k = skip; k <= reach; k++) {
    const dx = points[index(k)]! - mx;
    const dy = points[index(k) + 1]! - my;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const axis: Point = [Math.cos(angle), Math.sin(angle)];
  const ahead =
    (points[index(reach)]! - points[index(skip)]!) * axis[0] +
    (points[index(reach) + 1]! - points[index(skip) + 1]!) * axis[1];
  const across = Math.max(0, (xx + yy) / 2 - Math.hypot((xx - yy) / 2, xy));
  return {
    direction: ahead >= 0 ? axis : [-axis[0], -axis[1]],
    spread: Math.sqrt(across / total),
  };
}
