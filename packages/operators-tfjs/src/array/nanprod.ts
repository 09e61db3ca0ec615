import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of nanprod. */
export const nanprodKernels = reductionKernels({
  forward: (x, axes) => tf.prod(tf.where(tf.isNaN(x), tf.onesLike(x), x), axes),
  backward: ({ dy, x, y }) => tf.where(tf.isNaN(x), tf.zerosLike(x), tf.mul(dy, tf.div(y, x))),
});
