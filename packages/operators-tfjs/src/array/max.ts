import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of max. */
export const maximumAlongAxesKernels = reductionKernels({
  forward: (x, axes) => tf.max(x, axes),
  backward: ({ dy, x, y }) => tf.mul(dy, tf.cast(tf.equal(x, y), dy.dtype)),
});
