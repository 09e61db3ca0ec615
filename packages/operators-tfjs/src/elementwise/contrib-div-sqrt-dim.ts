import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<NoAttributes> = {
  forward: ({ inputs: [x] }) => (x ? [tf.mul(x, 1 / Math.sqrt(x.shape.at(-1) ?? 1))] : []),
  backward: ({ inputShapes: [shape = []], headGradients: [dy] }) => [
    dy && tf.mul(dy, 1 / Math.sqrt(shape.at(-1) ?? 1)),
  ],
};

/** Kernels of _contrib_div_sqrt_dim. */
export const contribDivSqrtDimKernels: KernelTable<NoAttributes> = { portable };
