import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** A linear map that keeps what tells classes apart: out = rows · (in - mean). */
export interface Projection {
  mean: Float32Array;
  /** One row per dimension kept, each as long as the input. */
  rows: Float32Array[];
}

/** Principal directions kept before classes are looked at: fewer than examples, so that the within-class spread is known. */
const PRINCIPAL = 64;

/**
 * Linear discriminant analysis (Fisher 1936) after a principal component reduction: directions in which classes differ much and
 * their members little. Classes never seen before are told apart by the same directions, which is what it is for here.
 * @param dimensions most directions kept
 */
export function discriminant(
  points: readonly Float32Array[],
  labels: readonly number[],
  dimensions: number,
): Projection {
  const width = points[0]!.length;
  const mean = new Float32Array(width);
  for (const point of points) for (let f = 0; f < width; f++) mean[f]! += point[f]! / points.length;
  const centred = new Matrix(points.map((point) => Array.from(point, (value, f) => value - mean[f]!)));
  const covariance = centred.transpose().mmul(centred).div(points.length);
  const principal = leading(covariance, Math.min(PRINCIPAL, points.length - 1));
  const reduced = centred.mmul(principal);

  const classes = new Map<number, number[]>();
  labels.forEach((label, i) => {
    classes.set(label, [...(classes.get(label) ?? []), i]);
  });
  const size = reduced.columns;
  const within = Matrix.zeros(size, size);
  const between = Matrix.zeros(size, size);
  for (const members of classes.values()) {
    const part = new Matrix(members.map((i) => reduced.getRow(i)));
    const middle = Matrix.rowVector(part.mean("column"));
    const off = Matrix.sub(part, Matrix.ones(members.length, 1).mmul(middle));
    within.add(off.transpose().mmul(off));
    between.add(middle.transpose().mmul(middle).mul(members.length));
  }
  within.div(points.length);
  // A floor on the spread within: directions nobody varies in must not look like the best of all.
  within.add(Matrix.eye(size, size).mul((0.1 * within.trace()) / size));
  const spread = new EigenvalueDecomposition(within, { assumeSymmetric: true });
  const whiten = spread.eigenvectorMatrix.mmul(
    Matrix.diag(spread.realEigenvalues.map((value) => 1 / Math.sqrt(Math.max(1e-9, value)))),
  );
  const apart = whiten.transpose().mmul(between).mmul(whiten);
  const kept = leading(apart, Math.min(dimensions, classes.size - 1, size));
  const map = principal.mmul(whiten).mmul(kept).transpose();
  return { mean, rows: map.to2DArray().map((row) => Float32Array.from(row)) };
}

/** Eigenvectors with the largest eigenvalues, as columns. */
function leading(matrix: Matrix, count: number): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return eigenvectorMatrix.subMatrixColumn(order.slice(0, Math.max(1, count)));
}

/** Where a point comes to lie. */
export function project({ mean, rows }: Projection, point: Float32Array): Float32Array {
  return Float32Array.from(rows, (row) => {
    let sum = 0;
    for (let f = 0; f < point.length; f++) sum += row[f]! * (point[f]! - mean[f]!);
    return sum;
  });
}
