import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { choleskyOf, element, inverseOf, product, scaled, smallMatrix, transposed } from "./small-matrix.ts";
import { smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_potrf. */
export const linalgPotrfKernels: KernelTable<NoAttributes> = smallMatrixKernels({
  forward: (_, inputs) => inputs.map(choleskyOf),
  /** With P the lower triangle of L^T dL, mirrored: dA = L^-T P L^-1 / 2. */
  backward: ({ heads: [dy], outputs: [factor] }) => {
    if (!dy || !factor) return [];
    const inner = product(transposed(factor), dy);
    const mirrored = smallMatrix(inner.rows, inner.rows, (i, j) => element(inner, Math.max(i, j), Math.min(i, j)));
    const inverse = inverseOf(factor);
    return [scaled(product(product(transposed(inverse), mirrored), inverse), 0.5)];
  },
});
