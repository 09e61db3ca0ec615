import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of nansum. */
export const nansumKernels = reductionKernels({
  forward: (x, axes) => tf.sum(tf.where(tf.isNaN(x), tf.zerosLike(x), x), axes),
  backward: ({ dy, x }) => tf.where(tf.isNaN(x), tf.zerosLike(x), dy),
});
