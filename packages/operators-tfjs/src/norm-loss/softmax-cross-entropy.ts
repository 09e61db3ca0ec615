import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { oneHot } from "./one-hot.ts";

/** Below it MXNet takes a probability for this. */
const LEAST = 1e-8;

const portable: TfjsKernel<NoAttributes> = {
  forward({ inputs: [data, label] }) {
    if (!data || !label) return [];
    const own = tf.sum(tf.mul(tf.softmax(data), oneHot(label, data.shape[1] ?? 1)), -1);
    return [tf.reshape(tf.neg(tf.sum(tf.log(tf.maximum(own, LEAST)))), [1])];
  },
  backward({ inputs: [data, label], headGradients: [dy] }) {
    if (!data || !label || !dy) return [];
    return [tf.mul(tf.sub(tf.softmax(data), oneHot(label, data.shape[1] ?? 1)), dy)];
  },
};

/** Kernels of softmax_cross_entropy. */
export const softmaxCrossEntropyKernels: KernelTable<NoAttributes> = { portable };
