import type { MultiLarsAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<MultiLarsAttributes> = {
  forward({ attributes: { eta, eps, rescale_grad }, inputs: [lrs, weights, grads, wds] }) {
    if (!lrs || !weights || !grads || !wds) return [];
    const weight = tf.sqrt(weights);
    const length = tf.add(tf.add(tf.mul(tf.sqrt(grads), rescale_grad), tf.mul(wds, weight)), eps);
    const known = tf.logicalAnd(tf.greater(weight, 0), tf.greater(grads, 0));
    return [tf.where(known, tf.div(tf.mul(tf.mul(lrs, eta), weight), length), lrs)];
  },
};

/** Kernels of multi_lars. */
export const multiLarsKernels: KernelTable<MultiLarsAttributes> = { portable };
