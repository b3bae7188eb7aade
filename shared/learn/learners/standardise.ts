/** Mean and spread of each feature. */
export interface Scaling {
  mean: Float32Array;
  /** Reciprocal of the standard deviation; 0 for a feature that never changes. */
  factor: Float32Array;
}

/** Measures the scaling of rows of equal length. */
export function measureScaling(rows: readonly Float32Array[]): Scaling {
  const width = rows[0]?.length ?? 0;
  const [sum, squares] = [new Float64Array(width), new Float64Array(width)];
  for (const row of rows)
    for (let k = 0; k < width; k++) {
      sum[k]! += row[k]!;
      squares[k]! += row[k]! ** 2;
    }
  const mean = new Float32Array(width);
  const factor = new Float32Array(width);
  for (let k = 0; k < width; k++) {
    mean[k] = sum[k]! / rows.length;
    const variance = squares[k]! / rows.length - mean[k]! ** 2;
    factor[k] = variance > 1e-8 ? 1 / Math.sqrt(variance) : 0;
  }
  return { mean, factor };
}

/** Rows with mean 0 and spread 1. */
export function standardise(rows: readonly Float32Array[], { mean, factor }: Scaling): Float32Array[] {
  return rows.map((row) => row.map((value, k) => (value - mean[k]!) * factor[k]!));
}
