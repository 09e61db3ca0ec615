import { normalizeAxis } from "@mxgraft/base";
import type { BatchNormAttributes } from "@mxgraft/operators";
import type { KernelTable, StateCell, TensorCell, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { axisLast } from "./channels-last.ts";
import { given } from "./given.ts";
import { sumToChannels } from "./sum-to-channels.ts";

interface Statistics {
  readonly mean: tf.Tensor;
  /** 1 / sqrt(variance + eps), what MXNet calls var. */
  readonly inverse: tf.Tensor;
}

function tensorCell(cell: StateCell | undefined): TensorCell {
  if (cell?.kind !== "tensor") throw new Error("internal: moving statistics live in tensors");
  return cell;
}

function movingStatistics([mean, variance]: readonly StateCell[], eps: number): Statistics {
  return {
    mean: tf.clone(tensorCell(mean).read()),
    inverse: tf.rsqrt(tf.add(tensorCell(variance).read(), eps)),
  };
}

function batchStatistics(x: tf.Tensor, eps: number): Statistics {
  const count = x.size / (x.shape.at(-1) ?? 1);
  const mean = tf.div(sumToChannels(x), count);
  const variance = tf.div(sumToChannels(tf.squaredDifference(x, mean)), count);
  return { mean, inverse: tf.rsqrt(tf.add(variance, eps)) };
}

/** moving = momentum * moving + (1 - momentum) * batch, for the mean and the variance. */
function move(states: readonly StateCell[], { mean, inverse }: Statistics, { momentum, eps }: BatchNormAttributes) {
  const variance = tf.sub(tf.reciprocal(tf.square(inverse)), eps);
  for (const [i, batch] of [mean, variance].entries()) {
    const cell = tensorCell(states[i]);
    cell.write(tf.keep(tf.add(tf.mul(cell.read(), momentum), tf.mul(batch, 1 - momentum))));
  }
}

const portable: TfjsKernel<BatchNormAttributes> = {
  layouts({ axis }, [data = []]) {
    const own = axisLast(normalizeAxis(axis, data.length, 'attribute "axis"'), data.length);
    return { arguments: [own, undefined, undefined], outputs: [own, undefined, undefined] };
  },
  forward({ attributes, inputs, states, isTrain }) {
    const data = given(inputs[0], "data");
    const gamma = given(inputs[1], "gamma");
    const beta = given(inputs[2], "beta");
    const { eps, fix_gamma, use_global_stats } = attributes;
    const { mean, inverse } = isTrain && !use_global_stats ? batchStatistics(data, eps) : movingStatistics(states, eps);
    const scale = fix_gamma ? inverse : tf.mul(inverse, gamma);
    const output = tf.add(tf.mul(tf.sub(data, mean), scale), beta);
    return fix_gamma ? [output, mean, inverse, tf.onesLike(gamma)] : [output, mean, inverse];
  },
  /**
   * With x' = (data - mean) * inverse:  dgamma = sum(dy x'),  dbeta = sum(dy),
   * ddata = gamma inverse (dy - dbeta / n - x' dgamma / n), n numbers in a channel; with the moving statistics, which
   * do not depend on data, ddata = gamma inverse dy.
   */
  backward({ attributes, inputs, outputs, headGradients: [dy], states, wanted }) {
    const data = given(inputs[0], "data");
    const gamma = given(inputs[1], "gamma");
    const mean = given(outputs[1], "mean");
    const inverse = given(outputs[2], "var");
    const { fix_gamma, use_global_stats } = attributes;
    if (!use_global_stats) move(states, { mean, inverse }, attributes);
    if (!dy) return [];
    const count = data.size / gamma.size;
    const normalized = tf.mul(tf.sub(data, mean), inverse);
    const dBeta = sumToChannels(dy);
    const dGamma = sumToChannels(tf.mul(dy, normalized));
    const scale = fix_gamma ? inverse : tf.mul(inverse, gamma);
    const centered = () => tf.sub(tf.sub(dy, tf.div(dBeta, count)), tf.mul(normalized, tf.div(dGamma, count)));
    return [
      wanted[0] ? tf.mul(use_global_stats ? dy : centered(), scale) : undefined,
      fix_gamma ? undefined : dGamma,
      dBeta,
    ];
  },
  affine({ attributes: { eps, fix_gamma }, weights, states }) {
    const gamma = given(weights[0], "gamma");
    const { mean, inverse } = movingStatistics(states, eps);
    const scale = fix_gamma ? inverse : tf.mul(inverse, gamma);
    const shift = tf.sub(given(weights[1], "beta"), tf.mul(mean, scale));
    return { scale, shift, mutated: fix_gamma ? [tf.onesLike(gamma)] : [] };
  },
};

/** Kernels of BatchNorm. */
export const batchNormKernels: KernelTable<BatchNormAttributes> = { portable };
