/** How well a grouping meets the true classes. */
export interface ClusterScores {
  /** Per item: harmonic mean of the share of its group that is of its class, and of its class that is in its group. */
  bcubed: number[];
  /** Adjusted Rand index (Hubert and Arabie 1985): 0 is chance, 1 the same. */
  adjustedRand: number;
  /** Normalised mutual information, arithmetic mean of the entropies. */
  mutualInformation: number;
}

/** Compares a grouping with true classes. B-cubed: Bagga and Baldwin 1998. */
export function clusterScores(groups: readonly number[], classes: readonly string[]): ClusterScores {
  const n = groups.length;
  const cells = new Map<string, number>();
  const byGroup = new Map<number, number>();
  const byClass = new Map<string, number>();
  groups.forEach((group, i) => {
    const name = classes[i]!;
    count(cells, `${group} ${name}`);
    count(byGroup, group);
    count(byClass, name);
  });
  const bcubed = groups.map((group, i) => {
    const both = cells.get(`${group} ${classes[i]}`)!;
    const [precision, recall] = [both / byGroup.get(group)!, both / byClass.get(classes[i]!)!];
    return (2 * precision * recall) / (precision + recall);
  });
  const pairs = (counts: Iterable<number>) => {
    let sum = 0;
    for (const c of counts) sum += (c * (c - 1)) / 2;
    return sum;
  };
  const entropy = (counts: Iterable<number>) => {
    let sum = 0;
    for (const c of counts) sum -= (c / n) * Math.log(c / n);
    return sum;
  };
  const [both, a, b] = [pairs(cells.values()), pairs(byGroup.values()), pairs(byClass.values())];
  const expected = (a * b) / (pairs([n]) || 1);
  const [hg, hc, joint] = [entropy(byGroup.values()), entropy(byClass.values()), entropy(cells.values())];
  return {
    bcubed,
    adjustedRand: (a + b) / 2 === expected ? 1 : (both - expected) / ((a + b) / 2 - expected),
    mutualInformation: hg + hc === 0 ? 1 : (2 * (hg + hc - joint)) / (hg + hc),
  };
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
