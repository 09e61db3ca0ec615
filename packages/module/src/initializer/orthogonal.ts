import type { HostArray, Random } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { number, oneOf, readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

export interface OrthogonalOptions {
  readonly scale?: number;
  readonly randType?: "uniform" | "normal";
}

/**
 * Weights whose rows, or columns where there are fewer of them, are at right angles to each other and of length
 * `scale` (Saxe et al., arXiv 1312.6120). Axes after the first count as one.
 *
 * MXNet takes the singular vectors of a random matrix; here its rows are made orthogonal one after the other, which
 * gives the same distribution for normal numbers at a fraction of the work.
 *
 * @param scale     length of a row, default 1.414.
 * @param randType  numbers of the random matrix: "uniform" in [-1, 1) or "normal".
 */
export class Orthogonal extends Initializer {
  readonly scale: number;
  readonly randType: "uniform" | "normal";

  constructor(options: OrthogonalOptions = {}) {
    const { scale, randType } = readOptions('Initializer "orthogonal"', options, {
      // biome-ignore lint/suspicious/noApproximativeNumericConstant: MXNet's default is 1.414, not the root of 2.
      scale: number(1.414),
      randType: oneOf("uniform", ["uniform", "normal"]),
    });
    super("orthogonal", { scale, rand_type: randType });
    this.scale = scale;
    this.randType = randType;
  }

  override initWeight(_name: string, array: HostArray, random: Random): void {
    const size = array.data.length;
    const rows = array.shape[0] ?? 1;
    const columns = rows === 0 ? 0 : size / rows;
    const draw = this.randType === "uniform" ? () => 2 * random.uniform() - 1 : () => random.normal();
    const wide = rows <= columns;
    const vectors: Float64Array[] = [];
    while (vectors.length < Math.min(rows, columns)) {
      vectors.push(orthogonalTo(vectors, Math.max(rows, columns), draw));
    }
    fillArray(array, (i) => {
      const row = Math.floor(i / columns);
      const column = i % columns;
      return this.scale * (vectors[wide ? row : column]?.[wide ? column : row] ?? 0);
    });
  }
}

/** A random vector of length 1 at right angles to some others of length 1. */
function orthogonalTo(others: readonly Float64Array[], length: number, draw: () => number): Float64Array {
  const vector = Float64Array.from({ length }, draw);
  // Once more takes away what rounding left of the others.
  for (let pass = 0; pass < 2; pass++) {
    for (const other of others) {
      let dot = 0;
      for (let i = 0; i < length; i++) dot += (vector[i] ?? 0) * (other[i] ?? 0);
      for (let i = 0; i < length; i++) vector[i] = (vector[i] ?? 0) - dot * (other[i] ?? 0);
    }
  }
  let square = 0;
  for (const value of vector) square += value * value;
  const norm = Math.sqrt(square);
  // The random vector lay (nearly) in the space of the others: take another.
  if (norm < 1e-8) return orthogonalTo(others, length, draw);
  for (let i = 0; i < length; i++) vector[i] = (vector[i] ?? 0) / norm;
  return vector;
}
