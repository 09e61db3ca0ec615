import type { SVMOutputAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { oneHot } from "./one-hot.ts";

const portable: TfjsKernel<SVMOutputAttributes> = {
  forward: ({ inputs: [data] }) => (data ? [tf.clone(data)] : []),
  backward({ attributes, inputs: [data, label] }) {
    if (!data || !label) return [];
    const { margin, regularization_coefficient, use_linear } = attributes;
    const classes = data.shape.at(-1) ?? 1;
    const sides = tf.reshape(tf.sub(tf.mul(oneHot(label, classes), 2), 1), data.shape);
    const violation = tf.relu(tf.sub(margin, tf.mul(sides, data)));
    const slope = use_linear ? tf.step(violation) : tf.mul(violation, 2);
    return [tf.mul(tf.mul(slope, sides), -regularization_coefficient)];
  },
};

/** Kernels of SVMOutput. */
export const svmOutputKernels: KernelTable<SVMOutputAttributes> = { portable };
