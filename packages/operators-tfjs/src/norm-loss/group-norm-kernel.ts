import type { TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { standardize, standardizeGradient } from "./standardize.ts";

/**
 * The kernel that normalizes groups of neighbouring channels; each group has one gamma and one beta, as many as gamma
 * has elements.
 */
export function groupNormKernel<A extends { readonly eps: number }>(): TfjsKernel<A> {
  const inGroups = (x: tf.Tensor, groups: number) => tf.reshape(x, [x.shape[0] ?? 1, groups, -1]);
  return {
    forward({ attributes: { eps }, inputs: [data, gamma, beta] }) {
      if (!data || !gamma || !beta) return [];
      const groups = gamma.size;
      const { rows, mean, std } = standardize(inGroups(data, groups), eps);
      const output = tf.add(tf.mul(rows, tf.reshape(gamma, [groups, 1])), tf.reshape(beta, [groups, 1]));
      return [tf.reshape(output, data.shape), tf.squeeze(mean, [2]), tf.squeeze(std, [2])];
    },
    backward({ inputs: [data, gamma], outputs: [, mean, std], headGradients: [head], wanted }) {
      if (!data || !gamma || !mean || !std || !head) return [];
      const groups = gamma.size;
      const dy = inGroups(head, groups);
      const deviation = tf.expandDims(std, 2);
      const rows = tf.div(tf.sub(inGroups(data, groups), tf.expandDims(mean, 2)), deviation);
      const dRows = tf.mul(dy, tf.reshape(gamma, [groups, 1]));
      return [
        wanted[0] ? tf.reshape(standardizeGradient(dRows, rows, deviation), data.shape) : undefined,
        wanted[1] ? tf.sum(tf.mul(dy, rows), [0, 2]) : undefined,
        wanted[2] ? tf.sum(dy, [0, 2]) : undefined,
      ];
    },
  };
}
