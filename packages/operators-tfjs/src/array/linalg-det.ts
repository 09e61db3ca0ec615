import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { eliminated, scaled, transposed } from "./small-matrix.ts";
import { asMatrix, asNumber, smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_det. */
export const linalgDetKernels: KernelTable<NoAttributes> = smallMatrixKernels({
  numbers: true,
  forward: (_, inputs) =>
    inputs.map((a) => {
      const { sign, logarithm } = eliminated(a);
      return asMatrix(sign * Math.exp(logarithm));
    }),
  /** dA = dy det(A) A^-T; nothing for a singular matrix, as in MXNet. */
  backward: ({ heads: [dy], inputs: [a], outputs: [det] }) => {
    if (!dy || !a || !det) return [];
    const { inverse } = eliminated(a);
    return [inverse ? scaled(transposed(inverse), asNumber(dy) * asNumber(det)) : scaled(a, 0)];
  },
});
