import type { Point } from "../geometry/types.ts";
import type { Cluster } from "../junctions/cluster-knots.ts";
import type { SkeletonTrace } from "../trace/trace-skeleton.ts";

/** A line between two places where lines join or end, led whole through the places it only passes. */
export interface Thread {
  /** Clusters at its two ends. */
  from: number;
  to: number;
  points: Point[];
  /** Clusters passed on the way, in order. */
  passed: number[];
}

/**
 * Follows lines through the clusters where they only pass. `partner(cluster, arm)` names the arm a line goes on in, or −1
 * where it ends (a node of the graph). Closed loops without a node are no lines.
 */
export function threadLines(
  trace: SkeletonTrace,
  clusters: readonly Cluster[],
  partner: (cluster: number, arm: number) => number,
): Thread[] {
  const { branches } = trace;
  // Which cluster and arm each branch end belongs to; branches inside a cluster have none.
  const home = new Map<number, [number, number]>();
  for (const [c, cluster] of clusters.entries())
    for (const [a, arm] of cluster.arms.entries()) home.set(arm.branch * 2 + arm.end, [c, a]);
  const used = new Uint8Array(branches.length);
  const threads: Thread[] = [];

  const follow = (start: number, startArm: number): void => {
    const thread: Thread = { from: start, to: -1, points: [clusters[start]!.at], passed: [] };
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
      if (used[clusters[cluster]!.arms[onward]!.branch]) break;
      arm = onward;
    }
    thread.to = cluster;
    threads.push(thread);
  };

  for (const [c, cluster] of clusters.entries())
    for (const [a, { branch }] of cluster.arms.entries())
      if (!used[branch] && partner(c, a) < 0) follow(c, a);
  return threads;
}
