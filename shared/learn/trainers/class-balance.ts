/** Most times a rare class counts more than a common one. */
const MOST = 12;

/** Weights that make every class count alike, within reason; mean 1. */
export function classBalance(labels: ArrayLike<number>, classes: number): Float32Array {
  const counts = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  const largest = counts.reduce((a, b) => Math.max(a, b), 1);
  const raw = Float32Array.from(labels, (label) => Math.min(MOST, largest / counts[label]!));
  const mean = raw.reduce((a, b) => a + b, 0) / (raw.length || 1);
  return raw.map((weight) => weight / mean);
}
