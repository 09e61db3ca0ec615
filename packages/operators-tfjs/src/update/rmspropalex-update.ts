import type { RmspropalexUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { movingMean } from "./moving-mean.ts";
import { clipped, plusTimes, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of rmspropalex_update. */
export const rmspropalexUpdateKernels: KernelTable<RmspropalexUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, n: tf.Tensor, g: tf.Tensor, delta: tf.Tensor) => {
    const { lr, wd, rescale_grad, clip_gradient, clip_weights, gamma1, gamma2, epsilon } = attributes;
    const r = clipped(plusTimes(times(grad, rescale_grad), weight, wd), clip_gradient);
    const nextN = movingMean(n, tf.square(r), gamma1);
    const nextG = movingMean(g, r, gamma1);
    const root = tf.sqrt(tf.add(tf.sub(nextN, tf.square(nextG)), epsilon));
    const nextDelta = tf.sub(times(delta, gamma2), tf.div(times(r, lr), root));
    return [clipped(tf.add(weight, nextDelta), clip_weights), nextN, nextG, nextDelta];
  },
);
