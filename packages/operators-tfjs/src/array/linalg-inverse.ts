import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { inverseOf, product, scaled, transposed } from "./small-matrix.ts";
import { smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_inverse. */
export const linalgInverseKernels: KernelTable<NoAttributes> = smallMatrixKernels({
  forward: (_, inputs) => inputs.map(inverseOf),
  /** dA = -B^T dB B^T */
  backward: ({ heads: [dy], outputs: [b] }) =>
    dy && b ? [scaled(product(product(transposed(b), dy), transposed(b)), -1)] : [],
});
