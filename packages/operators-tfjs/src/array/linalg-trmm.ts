import type { TriangularProductAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { product, scaled, transposed, triangle } from "./small-matrix.ts";
import { smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_trmm. */
export const linalgTrmmKernels: KernelTable<TriangularProductAttributes> = smallMatrixKernels({
  forward({ transpose, rightside, lower, alpha }, [a, b]) {
    if (!a || !b) return [];
    const own = triangle(a, lower);
    const factor = transpose ? transposed(own) : own;
    return [scaled(rightside ? product(b, factor) : product(factor, b), alpha)];
  },
  backward({ attributes: { transpose, rightside, lower, alpha }, heads: [dy], inputs: [a, b] }) {
    if (!dy || !a || !b) return [];
    const own = triangle(a, lower);
    const back = transpose ? own : transposed(own);
    const dFactor = rightside ? product(transposed(b), dy) : product(dy, transposed(b));
    const dA = triangle(transpose ? transposed(dFactor) : dFactor, lower);
    return [dA, rightside ? product(dy, back) : product(back, dy)].map((gradient) => scaled(gradient, alpha));
  },
});
