import type { TriangularProductAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { inverseOf, product, scaled, transposed, triangle } from "./small-matrix.ts";
import { smallMatrixKernels } from "./small-matrix-kernels.ts";

/** Kernels of _linalg_trsm. */
export const linalgTrsmKernels: KernelTable<TriangularProductAttributes> = smallMatrixKernels({
  forward({ transpose, rightside, lower, alpha }, [a, b]) {
    if (!a || !b) return [];
    const own = inverseOf(triangle(a, lower));
    const factor = transpose ? transposed(own) : own;
    return [scaled(rightside ? product(b, factor) : product(factor, b), alpha)];
  },
  /** With X = op(A)^-1 B: dB = op(A)^-T dX, d op(A) = -dB X^T. */
  backward({ attributes: { transpose, rightside, lower, alpha }, heads: [dy], inputs: [a], outputs: [x] }) {
    if (!dy || !a || !x) return [];
    const own = inverseOf(triangle(a, lower));
    const back = transpose ? own : transposed(own);
    const dB = rightside ? product(dy, back) : product(back, dy);
    const dFactor = rightside ? product(transposed(x), dB) : product(dB, transposed(x));
    return [scaled(triangle(transpose ? transposed(dFactor) : dFactor, lower), -1), scaled(dB, alpha)];
  },
});
