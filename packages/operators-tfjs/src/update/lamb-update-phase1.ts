import type { LambUpdatePhase1Attributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { movingMean } from "./moving-mean.ts";
import { plusTimes, scaledGradient, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of lamb_update_phase1. */
export const lambUpdatePhase1Kernels: KernelTable<LambUpdatePhase1Attributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor) => {
    const { wd, beta1, beta2, epsilon, t, bias_correction } = attributes;
    const g = scaledGradient(grad, attributes, 1);
    const nextMean = movingMean(mean, g, beta1);
    const nextVariance = movingMean(variance, tf.square(g), beta2);
    const [first, second] = bias_correction ? [1 / (1 - beta1 ** t), 1 / (1 - beta2 ** t)] : [1, 1];
    const direction = tf.div(times(nextMean, first), tf.add(tf.sqrt(times(nextVariance, second)), epsilon));
    return [plusTimes(direction, weight, wd), nextMean, nextVariance];
  },
);
