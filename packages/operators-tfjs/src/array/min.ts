import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of min. */
export const minimumAlongAxesKernels = reductionKernels({
  forward: (x, axes) => tf.min(x, axes),
  backward: ({ dy, x, y }) => tf.mul(dy, tf.cast(tf.equal(x, y), dy.dtype)),
});
