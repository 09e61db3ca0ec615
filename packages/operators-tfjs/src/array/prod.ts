import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of prod. */
export const productKernels = reductionKernels({
  forward: (x, axes) => tf.prod(x, axes),
  backward: ({ dy, x, y }) => tf.mul(dy, tf.div(y, x)),
});
