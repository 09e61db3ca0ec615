import * as tf from "@tensorflow/tfjs";
import { softmaxFamilyKernels } from "./softmax-family-kernels.ts";

/** Kernels of log_softmax. */
export const logSoftmaxKernels = softmaxFamilyKernels({
  sign: 1,
  forward: (x) => tf.logSoftmax(x),
  backward: (dy, y) => tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, -1, true))),
});
