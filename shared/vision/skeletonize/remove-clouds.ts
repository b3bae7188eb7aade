import type { WorkingSkeleton } from "./working-skeleton.ts";

/** Turns are measured between the ways this many line widths before and after a point. */
const STEP = 1.5;
/** Two arcs meet in a cusp that turns by more than this, rad. */
const CUSP = 0.8;
/** Chord of an arc, in line widths. */
const CHORD = { least: 3, most: 40 };
/** An arc's height over its chord: half circles have 0.5; a jump arc or a line that turns is alone, never one of a row. */
const SAG = { least: 0.15, most: 0.8 };
/** This many arcs in a row, alike in size, are a cloud. */
const ROW = 2;
/** The larger of two neighbouring arcs exceeds the smaller by no more than this factor. */
const ALIKE = 1.7;

/**
 * Removes revision clouds that were taken for lines: branches that consist of arcs in a row, all to the same side of their
 * chords and met in cusps that turn the other way. No line is drawn like that. Returns how many branches went.
 */
export function removeClouds(skeleton: WorkingSkeleton, lineWidthPx: number): number {
  const doomed: number[] = [];
  skeleton.trace.branches.forEach(({ points }, index) => {
    if (isScalloped(points, lineWidthPx)) doomed.push(index);
  });
  for (const index of doomed) skeleton.eraseBranch(index);
  skeleton.settle();
  return doomed.length;
}

/** Whether rows of arcs make up most of a path x0,y0,x1,y1…; what is before its first cusp and after its last counts for neither. */
export function isScalloped(points: ArrayLike<number>, lineWidthPx: number): boolean {
  const count = points.length >> 1;
  if (count < 3 * CHORD.least * lineWidthPx) return false;
  const step = Math.max(3, Math.round(STEP * lineWidthPx));
  return [1, -1].some((side) => {
    const cusps = cuspsOf(points, step, side);
    const arcs = cusps.slice(1).map((to, k) => arcChord(points, cusps[k]!, to, side, lineWidthPx));
    let covered = 0;
    for (let first = 0; first < arcs.length; ) {
      let last = first;
      while (alike(arcs[last], arcs[last + 1])) last++;
      if (last - first + 1 >= ROW && arcs[first]! > 0) covered += cusps[last + 1]! - cusps[first]!;
      first = last + 1;
    }
    if (covered === 0) return false;
    const ends = cusps[0]! + count - 1 - cusps[cusps.length - 1]!;
    return covered >= 0.6 * (count - ends) && covered >= 0.4 * ends;
  });
}

/** Points where a path turns most, to one side (1: clockwise on the sheet). */
function cuspsOf(points: ArrayLike<number>, step: number, side: number): number[] {
  const count = points.length >> 1;
  const turn = (i: number): number => {
    const at = (k: number): [number, number] => [points[2 * k]!, points[2 * k + 1]!];
    const [[ax, ay], [bx, by], [cx, cy]] = [at(i - step), at(i), at(i + step)];
    const [ux, uy, vx, vy] = [bx - ax, by - ay, cx - bx, cy - by];
    return side * Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy);
  };
  const cusps: number[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (let i = step; i < count - step; i++) {
    const here = turn(i);
    if (here < CUSP) continue;
    const last = cusps[cusps.length - 1];
    if (last === undefined || i - last > step) cusps.push(i);
    else if (here > best) cusps[cusps.length - 1] = i;
    else continue;
    best = here;
  }
  return cusps;
}

/** Chord of the arc between two cusps that turn to `side`, px; 0 when the way between them is no arc to the other side. */
function arcChord(
  points: ArrayLike<number>,
  from: number,
  to: number,
  side: number,
  lineWidthPx: number,
): number {
  const [x0, y0] = [points[2 * from]!, points[2 * from + 1]!];
  const [dx, dy] = [points[2 * to]! - x0, points[2 * to + 1]! - y0];
  const chord = Math.hypot(dx, dy);
  if (chord < CHORD.least * lineWidthPx || chord > CHORD.most * lineWidthPx) return 0;
  const height = (share: number): number => {
    const k = Math.round(from + share * (to - from));
    return (side * (dx * (points[2 * k + 1]! - y0) - dy * (points[2 * k]! - x0))) / chord;
  };
  const [before, middle, after] = [height(0.2), height(0.5), height(0.8)];
  if (middle < SAG.least * chord || middle > SAG.most * chord) return 0;
  // A triangle is no arc: at a fifth of its way it has two fifths of its height.
  return Math.min(before, after) > 0.45 * middle && Math.max(before, after) < 1.1 * middle ? chord : 0;
}

function alike(a: number | undefined, b: number | undefined): boolean {
  return !!a && !!b && Math.max(a, b) <= ALIKE * Math.min(a, b);
}
