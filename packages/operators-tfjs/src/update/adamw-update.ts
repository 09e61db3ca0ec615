import type { AdamwUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { movingMean } from "./moving-mean.ts";
import { clipped, plusTimes, times } from "./scaled-gradient.ts";

const portable: TfjsKernel<AdamwUpdateAttributes> = {
  layouts: () => ({ arguments: ["any", "any", "any", "any", undefined], outputs: ["any"] }),
  forward({ attributes, inputs: [weight, grad, mean, variance, rescale] }) {
    if (!weight || !grad || !mean || !variance || !rescale) return [];
    const { lr, beta1, beta2, epsilon, wd, eta, clip_gradient } = attributes;
    const usable = tf.logicalAnd(tf.isFinite(rescale), tf.notEqual(rescale, 0));
    const factor = tf.where(usable, rescale, tf.zerosLike(rescale));
    const g = clipped(tf.mul(grad, factor), clip_gradient);
    const nextMean = movingMean(mean, g, beta1);
    const nextVariance = movingMean(variance, tf.square(g), beta2);
    const step = plusTimes(tf.div(times(nextMean, lr), tf.add(tf.sqrt(nextVariance), epsilon)), weight, wd);
    const next = tf.sub(weight, times(step, eta));
    // On the device: reading the factor back would stop every step.
    const chosen = (after: tf.Tensor, before: tf.Tensor) =>
      tf.where(tf.broadcastTo(usable, after.shape), after, before);
    return [chosen(next, weight), chosen(nextMean, mean), chosen(nextVariance, variance)];
  },
};

/** Kernels of _adamw_update. */
export const adamwUpdateKernels: KernelTable<AdamwUpdateAttributes> = { portable };
