import type { RmspropUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { movingMean } from "./moving-mean.ts";
import { clipped, plusTimes, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of rmsprop_update. */
export const rmspropUpdateKernels: KernelTable<RmspropUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, n: tf.Tensor) => {
    const { lr, wd, rescale_grad, clip_gradient, clip_weights, gamma1, epsilon } = attributes;
    const g = clipped(plusTimes(times(grad, rescale_grad), weight, wd), clip_gradient);
    const next = movingMean(n, tf.square(g), gamma1);
    const step = tf.div(times(g, lr), tf.sqrt(tf.add(next, epsilon)));
    return [clipped(tf.sub(weight, step), clip_weights), next];
  },
);
