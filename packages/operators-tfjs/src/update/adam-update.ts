import type { AdamUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { movingMean } from "./moving-mean.ts";
import { clipped, plusTimes, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of adam_update. */
export const adamUpdateKernels: KernelTable<AdamUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor) => {
    const { lr, wd, rescale_grad, clip_gradient, beta1, beta2, epsilon } = attributes;
    const g = clipped(plusTimes(times(grad, rescale_grad), weight, wd), clip_gradient);
    const nextMean = movingMean(mean, g, beta1);
    const nextVariance = movingMean(variance, tf.square(g), beta2);
    const step = tf.div(times(nextMean, lr), tf.add(tf.sqrt(nextVariance), epsilon));
    return [tf.sub(weight, step), nextMean, nextVariance];
  },
);
