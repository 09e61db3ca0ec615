import type { LinalgGemmAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { scaledProduct, scaledProductGradients } from "./linalg-gemm2.ts";

const portable: TfjsKernel<LinalgGemmAttributes> = {
  forward({ attributes, inputs: [a, b, c] }) {
    return a && b && c ? [tf.add(scaledProduct(attributes, a, b), tf.mul(c, attributes.beta))] : [];
  },
  backward({ attributes, headGradients: [dy], inputs: [a, b], wanted }) {
    if (!dy || !a || !b) return [];
    const ofC = wanted[2] ? tf.mul(dy, attributes.beta) : undefined;
    return [...scaledProductGradients(attributes, dy, a, b, wanted), ofC];
  },
};

/** Kernels of _linalg_gemm. */
export const linalgGemmKernels: KernelTable<LinalgGemmAttributes> = { portable };
