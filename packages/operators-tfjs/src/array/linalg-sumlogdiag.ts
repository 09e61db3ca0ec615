import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { element, smallMatrix } from "./small-matrix.ts";
import { asMatrix, asNumber, smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_sumlogdiag. */
export const linalgSumlogdiagKernels: KernelTable<NoAttributes> = smallMatrixKernels({
  numbers: true,
  forward: (_, inputs) =>
    inputs.map((a) => {
      let sum = 0;
      for (let i = 0; i < a.rows; i++) sum += Math.log(element(a, i, i));
      return asMatrix(sum);
    }),
  backward: ({ heads: [dy], inputs: [a] }) =>
    dy && a ? [smallMatrix(a.rows, a.rows, (i, j) => (i === j ? asNumber(dy) / element(a, i, i) : 0))] : [],
});
