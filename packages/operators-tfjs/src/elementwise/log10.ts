import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of log10. */
export const log10Kernels = unaryKernels({
  forward: (x) => tf.mul(tf.log(x), Math.LOG10E),
  slope: (x) => tf.div(Math.LOG10E, x),
});
