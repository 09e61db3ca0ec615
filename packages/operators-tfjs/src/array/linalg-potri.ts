import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { element, inverseOf, product, smallMatrix, transposed, triangle } from "./small-matrix.ts";
import { smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_potri. */
export const linalgPotriKernels: KernelTable<NoAttributes> = smallMatrixKernels({
  forward: (_, inputs) =>
    inputs.map((a) => {
      const inverse = inverseOf(triangle(a, true));
      return product(transposed(inverse), inverse);
    }),
  /** dA = the lower triangle of -B (dB + dB^T) A^-T, as B A = A^-T. */
  backward: ({ heads: [dy], inputs: [a], outputs: [b] }) => {
    if (!dy || !a || !b) return [];
    const both = smallMatrix(dy.rows, dy.rows, (i, j) => -element(dy, i, j) - element(dy, j, i));
    return [triangle(product(product(b, both), transposed(inverseOf(triangle(a, true)))), true)];
  },
});
