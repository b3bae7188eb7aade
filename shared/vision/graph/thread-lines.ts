import type { Point } from "../geometry/types.ts";
import type { Cluster } from "../junctions/cluster-knots.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";

/** A line between two places where lines join or end, led whole through the places it only passes. */
export interface Thread {
  /** Index of the cluster at the start; −1 for a closed loop. */
  from: number;
  to: number;
  points: Point[];
  /** Clusters passed on the way, in order. */
  passed: number[];
  /** Position in `points` of each passed cluster. */
  passedAt: number[];
}

/**
 * Follows lines through the clusters where they only pass. `partner(cluster, arm)` names the arm a line goes on in, or −1
 * where it ends (a node of the graph).
 */
export function threadLines(
  trace: SkeletonTrace,
  clusters: readonly Cluster[],
  partner: (cluster: number, arm: number) => number,
): Thread[] {
  const { branches } = trace;
  // Which cluster and arm each branch end belongs to; −1 for branches inside a cluster.
  const home = new Map<number, [number, number]>();
  clusters.forEach((cluster, c) => {
    for (const [a, arm] of cluster.arms.entries()) home.set(arm.branch * 2 + arm.end, [c, a]);
  });
  const used = new Uint8Array(branches.length);
  const threads: Thread[] = [];

  const follow = (start: number, startArm: number): void => {
    const thread: Thread = { from: start, to: -1, points: [clusters[start]!.at], passed: [], passedAt: [] };
    let [cluster, arm] = [start, startArm];
    while (true) {
      const { branch, end } = clusters[cluster]!.arms[arm]!;
      used[branch] = 1;
      const { points } = branches[branch]!;
      const count = points.length / 2;
      for (let k = 0; k < count; k++) {
        const i = (end === 0 ? k : count - 1 - k) * 2;
        thread.points.push([points[i]!, points[i + 1]!]);
      }
      [cluster, arm] = home.get(branch * 2 + (1 - end))!;
      const onward = partner(cluster, arm);
      thread.points.push(clusters[cluster]!.at);
      if (onward < 0) break;
      thread.passed.push(cluster);
      thread.passedAt.push(thread.points.length - 1);
      // A line that comes back to where it started is a loop without a node.
      if (used[clusters[cluster]!.arms[onward]!.branch]) break;
      arm = onward;
    }
    thread.to = cluster;
    threads.push(thread);
  };

  clusters.forEach((cluster, c) => {
    cluster.arms.forEach(({ branch }, a) => {
      if (!used[branch] && partner(c, a) < 0) follow(c, a);
    });
  });
  return threads;
}
