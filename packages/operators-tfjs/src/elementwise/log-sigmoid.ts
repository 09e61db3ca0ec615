import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of log_sigmoid. */
export const logSigmoidKernels = unaryKernels({
  forward: (x) => tf.neg(tf.softplus(tf.neg(x))),
  slope: (_, y) => tf.neg(tf.expm1(y)),
});
