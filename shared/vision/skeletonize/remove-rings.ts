import type { Branch } from "../trace/trace-skeleton.ts";
import type { WorkingSkeleton } from "./working-skeleton.ts";

/** Two ways between the same two places up to this many line widths long are one line with a slit in it. */
const LONGEST = 8;
/** They must run this close to each other, in line widths. */
const APART = 1.7;

/**
 * Closes slits: where noise splits a line lengthwise, its skeleton runs in two strands around the hole. The longer strand
 * goes, as do tiny rings that leave a junction and return to it. Returns how many went.
 */
export function removeRings(skeleton: WorkingSkeleton, lineWidthPx: number): number {
  const { branches } = skeleton.trace;
  const strands = new Map<string, number[]>();
  const doomed = new Set<number>();
  branches.forEach(({ from, to, length }, index) => {
    if (from < 0 || length > LONGEST * lineWidthPx) return;
    if (from === to && length <= 4 * lineWidthPx) doomed.add(index);
    if (from === to) return;
    const key = from < to ? `${from}-${to}` : `${to}-${from}`;
    strands.set(key, [...(strands.get(key) ?? []), index]);
  });
  for (const list of strands.values()) {
    list.sort((a, b) => branches[a]!.length - branches[b]!.length);
    const shortest = branches[list[0]!]!;
    for (const index of list.slice(1))
      if (apart(shortest, branches[index]!) <= APART * lineWidthPx) doomed.add(index);
  }
  for (const index of doomed) skeleton.eraseBranch(index);
  skeleton.settle();
  return doomed.size;
}

/** Distance between the middles of two branches, px. */
function apart(a: Branch, b: Branch): number {
  const [i, j] = [(a.points.length >> 2) * 2, (b.points.length >> 2) * 2];
  return Math.hypot(a.points[i]! - b.points[j]!, a.points[i + 1]! - b.points[j + 1]!);
}
