import { ValueError } from "@mxgraft/base";

/** A matrix on the host, by rows, in float64. */
export interface SmallMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export function smallMatrix(rows: number, columns: number, at: (row: number, column: number) => number): SmallMatrix {
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) values[i * columns + j] = at(i, j);
  return { rows, columns, values };
}

export function element({ columns, values }: SmallMatrix, row: number, column: number): number {
  return values[row * columns + column] ?? 0;
}

export function transposed(a: SmallMatrix): SmallMatrix {
  return smallMatrix(a.columns, a.rows, (i, j) => element(a, j, i));
}

export function product(a: SmallMatrix, b: SmallMatrix): SmallMatrix {
  return smallMatrix(a.rows, b.columns, (i, j) => {
    let sum = 0;
    for (let k = 0; k < a.columns; k++) sum += element(a, i, k) * element(b, k, j);
    return sum;
  });
}

export function scaled(a: SmallMatrix, factor: number): SmallMatrix {
  return { ...a, values: a.values.map((value) => value * factor) };
}

/** The elements of a triangle with the diagonal, 0 elsewhere. */
export function triangle(a: SmallMatrix, lower: boolean): SmallMatrix {
  return smallMatrix(a.rows, a.columns, (i, j) => ((lower ? j <= i : i <= j) ? element(a, i, j) : 0));
}

interface Eliminated {
  /** The inverse; absent for a singular matrix. */
  readonly inverse?: SmallMatrix;
  readonly sign: number;
  /** Logarithm of the determinant's absolute value; -Infinity for 0. */
  readonly logarithm: number;
}

/** Gauss and Jordan's elimination with the largest pivot of each column. */
export function eliminated(a: SmallMatrix): Eliminated {
  const n = a.rows;
  const left = Float64Array.from(a.values);
  const right = smallMatrix(n, n, (i, j) => (i === j ? 1 : 0)).values;
  let sign = 1;
  let logarithm = 0;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(left[i * n + k] ?? 0) > Math.abs(left[best * n + k] ?? 0)) best = i;
    const pivot = left[best * n + k] ?? 0;
    if (pivot === 0) return { sign: 0, logarithm: Number.NEGATIVE_INFINITY };
    sign *= Math.sign(pivot) * (best === k ? 1 : -1);
    logarithm += Math.log(Math.abs(pivot));
    for (const values of [left, right]) {
      const top = values.slice(best * n, (best + 1) * n);
      values.copyWithin(best * n, k * n, (k + 1) * n);
      values.set(
        top.map((value) => value / pivot),
        k * n,
      );
    }
    for (let i = 0; i < n; i++) {
      const factor = i === k ? 0 : (left[i * n + k] ?? 0);
      if (factor === 0) continue;
      for (const values of [left, right]) {
        for (let j = 0; j < n; j++) values[i * n + j] = (values[i * n + j] ?? 0) - factor * (values[k * n + j] ?? 0);
      }
    }
  }
  return { inverse: { rows: n, columns: n, values: right }, sign, logarithm };
}

/**
 * The inverse of a matrix.
 *
 * @throws ValueError  it is singular.
 */
export function inverseOf(a: SmallMatrix): SmallMatrix {
  const { inverse } = eliminated(a);
  if (inverse) return inverse;
  throw new ValueError(
    `argument "A" holds a matrix of ${a.rows} rows that is singular, expected one with an inverse.`,
    {
      argument: "A",
      actual: 0,
      expected: a.rows,
    },
  );
}

/**
 * Cholesky's factor, from the lower triangle.
 *
 * @throws ValueError  the matrix is not positive definite.
 */
export function choleskyOf(a: SmallMatrix): SmallMatrix {
  const n = a.rows;
  const factor = smallMatrix(n, n, () => 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = element(a, i, j);
      for (let k = 0; k < j; k++) rest -= element(factor, i, k) * element(factor, j, k);
      if (i === j && !(rest > 0)) {
        throw new ValueError(
          `argument "A" holds a matrix of ${n} rows that is not positive definite: ${rest} remains of row ${i}.`,
          { argument: "A", actual: rest, expected: "more than 0" },
        );
      }
      factor.values[i * n + j] = i === j ? Math.sqrt(rest) : rest / element(factor, j, j);
    }
  }
  return factor;
}
