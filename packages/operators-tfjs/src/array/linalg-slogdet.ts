import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { eliminated, scaled, transposed } from "./small-matrix.ts";
import { asMatrix, asNumber, smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_slogdet. */
export const linalgSlogdetKernels: KernelTable<NoAttributes> = smallMatrixKernels({
  numbers: true,
  forward: (_, inputs) =>
    inputs.flatMap((a) => {
      const { sign, logarithm } = eliminated(a);
      return [asMatrix(sign), asMatrix(logarithm)];
    }),
  /** dA = dy A^-T; nothing for a singular matrix, as in MXNet. */
  backward: ({ heads: [, dy], inputs: [a] }) => {
    if (!a) return [];
    const { inverse } = eliminated(a);
    return [inverse && dy ? scaled(transposed(inverse), asNumber(dy)) : scaled(a, 0)];
  },
});
