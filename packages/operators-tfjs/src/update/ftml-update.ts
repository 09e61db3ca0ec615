import type { FtmlUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { movingMean } from "./moving-mean.ts";
import { clipped, plusTimes, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of ftml_update. */
export const ftmlUpdateKernels: KernelTable<FtmlUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, d: tf.Tensor, v: tf.Tensor, z: tf.Tensor) => {
    const { lr, wd, rescale_grad, clip_grad, beta1, beta2, epsilon, t } = attributes;
    const g = clipped(plusTimes(times(grad, rescale_grad), weight, wd), clip_grad);
    const nextV = movingMean(v, tf.square(g), beta2);
    const root = tf.sqrt(times(nextV, 1 / (1 - beta2 ** t)));
    const nextD = times(tf.add(root, epsilon), (1 - beta1 ** t) / lr);
    const sigma = tf.sub(nextD, times(d, beta1));
    const nextZ = tf.sub(movingMean(z, g, beta1), tf.mul(sigma, weight));
    return [tf.neg(tf.div(nextZ, nextD)), nextD, nextV, nextZ];
  },
);
