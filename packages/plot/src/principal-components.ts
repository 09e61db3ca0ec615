import { ShapeError } from "@mxgraft/base";

/** A plane through data of more dimensions: where features of every epoch are drawn, so that epochs compare. */
export interface Plane {
  readonly dimensions: number;
  /** (D) the origin. */
  readonly mean: Float64Array;
  /** (2, D) unit vectors. */
  readonly axes: Float64Array;
  /** Share of the variance along each of the two axes, 0..1. */
  readonly shares: readonly [number, number];
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix by Jacobi's rotations; both inputs are overwritten. */
function eigen(matrix: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  const at = (m: Float64Array, row: number, column: number) => m[row * size + column] ?? 0;
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < size; i++) {
      diagonal += at(matrix, i, i) ** 2;
      for (let j = i + 1; j < size; j++) off += at(matrix, i, j) ** 2;
    }
    if (off <= 1e-24 * diagonal || off === 0) break;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const pq = at(matrix, p, q);
        if (pq === 0) continue;
        const theta = (at(matrix, q, q) - at(matrix, p, p)) / (2 * pq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < size; k++) {
          const kp = at(matrix, k, p);
          const kq = at(matrix, k, q);
          matrix[k * size + p] = c * kp - s * kq;
          matrix[k * size + q] = s * kp + c * kq;
        }
        for (let k = 0; k < size; k++) {
          const pk = at(matrix, p, k);
          const qk = at(matrix, q, k);
          matrix[p * size + k] = c * pk - s * qk;
          matrix[q * size + k] = s * pk + c * qk;
          const vp = at(vectors, k, p);
          const vq = at(vectors, k, q);
          vectors[k * size + p] = c * vp - s * vq;
          vectors[k * size + q] = s * vp + c * vq;
        }
      }
    }
  }
  return { values: Float64Array.from({ length: size }, (_, i) => at(matrix, i, i)), vectors };
}

/**
 * The two directions in which rows vary most: the first two eigenvectors of their covariance. Each points so that its
 * largest component is positive, which makes pictures repeatable. Rows with NaN or infinity do not count.
 *
 * @param rows        (N, D) features, row-major; N >= 1.
 * @param dimensions  D >= 2. Work grows with D^3: meant for embeddings of up to some hundred dimensions.
 * @throws ShapeError  the elements are not rows of D, or D is below 2.
 */
export function principalComponents(rows: ArrayLike<number>, dimensions: number): Plane {
  if (!Number.isInteger(dimensions) || dimensions < 2 || rows.length % dimensions !== 0) {
    throw new ShapeError(
      `${rows.length} numbers are not rows of ${dimensions} features; expected a multiple of 2 or more.`,
      {
        actual: rows.length,
        expected: dimensions,
      },
    );
  }
  const D = dimensions;
  const finite: number[] = [];
  const mean = new Float64Array(D);
  for (let start = 0; start < rows.length; start += D) {
    let sum = 0;
    for (let k = 0; k < D; k++) sum += rows[start + k] ?? 0;
    if (!Number.isFinite(sum)) continue;
    finite.push(start);
    for (let k = 0; k < D; k++) mean[k] = (mean[k] ?? 0) + (rows[start + k] ?? 0);
  }
  for (let k = 0; k < D; k++) mean[k] = (mean[k] ?? 0) / Math.max(1, finite.length);
  const covariance = new Float64Array(D * D);
  const centered = new Float64Array(D);
  for (const start of finite) {
    for (let k = 0; k < D; k++) centered[k] = (rows[start + k] ?? 0) - (mean[k] ?? 0);
    for (let i = 0; i < D; i++) {
      const x = centered[i] ?? 0;
      for (let j = i; j < D; j++) covariance[i * D + j] = (covariance[i * D + j] ?? 0) + x * (centered[j] ?? 0);
    }
  }
  for (let i = 0; i < D; i++) for (let j = 0; j < i; j++) covariance[i * D + j] = covariance[j * D + i] ?? 0;

  const { values, vectors } = eigen(covariance, D);
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const total = values.reduce((sum, value) => sum + value, 0);
  const axes = new Float64Array(2 * D);
  const shares = [0, 0];
  for (const axis of [0, 1]) {
    const column = order[axis] ?? 0;
    let largest = 0;
    for (let k = 0; k < D; k++) {
      const component = vectors[k * D + column] ?? 0;
      axes[axis * D + k] = component;
      // Ties within rounding go to the first component, so that a symmetric case does not flip.
      if (Math.abs(component) > Math.abs(largest) + 1e-9) largest = component;
    }
    if (largest < 0) for (let k = 0; k < D; k++) axes[axis * D + k] = -(axes[axis * D + k] ?? 0);
    shares[axis] = total > 0 ? (values[column] ?? 0) / total : 0;
  }
  return { dimensions: D, mean, axes, shares: [shares[0] ?? 0, shares[1] ?? 0] };
}

/** Rows of D numbers as points (N, 2) in the plane. */
export function projectOnPlane(rows: ArrayLike<number>, plane: Plane): Float32Array {
  const { dimensions: D, mean, axes } = plane;
  const points = new Float32Array((rows.length / D) * 2);
  for (let row = 0; row * D < rows.length; row++) {
    for (const axis of [0, 1]) {
      let sum = 0;
      for (let k = 0; k < D; k++) sum += ((rows[row * D + k] ?? 0) - (mean[k] ?? 0)) * (axes[axis * D + k] ?? 0);
      points[row * 2 + axis] = sum;
    }
  }
  return points;
}
