import type { Branch, Knot } from "../trace/trace-skeleton.ts";
import type { WorkingSkeleton } from "./working-skeleton.ts";

/**
 * Removes spurs again and again until none is left: a removed spur may leave its junction a plain piece of line, and two
 * short branches one short enough to go. A spur is a branch with a free end, no longer than `longest`; of those that end at
 * a symbol one stays (a thick line cut off straight thins to a fork). Returns how many branches went.
 * @param longest px, or a function of the branch and the knot it leaves from
 * @param isAnchored tells a free end at a symbol
 */
export function pruneSpurs(
  skeleton: WorkingSkeleton,
  longest: number | ((branch: Branch, base: Knot) => number),
  isAnchored: (x: number, y: number) => boolean,
): number {
  const limit = typeof longest === "number" ? () => longest : longest;
  let pruned = 0;
  for (let round = 0; round < 10; round++) {
    const { knots, branches } = skeleton.trace;
    const doomed: number[] = [];
    for (const knot of knots) {
      if (knot.ends.length < 3) continue;
      const spurs = knot.ends
        .filter(({ branch, end }) => {
          const far = knots[end === 0 ? branches[branch]!.to : branches[branch]!.from]!;
          return far.ends.length === 1 && branches[branch]!.length <= limit(branches[branch]!, knot);
        })
        .map(({ branch, end }) => {
          const far = knots[end === 0 ? branches[branch]!.to : branches[branch]!.from]!;
          return { branch, anchored: isAnchored(far.x, far.y), length: branches[branch]!.length };
        })
        // Free ones go first, then the shorter of the anchored ones.
        .sort((a, b) => Number(a.anchored) - Number(b.anchored) || a.length - b.length);
      // Two arms always stay: where all are short, the thing is a blob and not a junction.
      let left = knot.ends.length;
      let anchored = spurs.filter((spur) => spur.anchored).length;
      for (const spur of spurs) {
        if (left <= 2 || (spur.anchored && anchored <= 1)) break;
        doomed.push(spur.branch);
        left--;
        if (spur.anchored) anchored--;
      }
    }
    if (doomed.length === 0) break;
    pruned += doomed.length;
    for (const index of doomed) skeleton.eraseBranch(index);
    skeleton.settle();
  }
  return pruned;
}
