import type { GroupAdagradUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { scaledGradient } from "./scaled-gradient.ts";

const portable: TfjsKernel<GroupAdagradUpdateAttributes> = {
  forward({ attributes, inputs: [weight, grad, history] }) {
    if (!weight || !grad || !history) return [];
    const g = scaledGradient(grad, attributes, 1);
    const next = tf.add(history, tf.mean(tf.square(g), 1, true));
    const step = tf.div(tf.mul(g, attributes.lr), tf.sqrt(tf.add(next, attributes.epsilon)));
    return [tf.sub(weight, step), next];
  },
};

/** Kernels of _contrib_group_adagrad_update. */
export const groupAdagradUpdateKernels: KernelTable<GroupAdagradUpdateAttributes> = { portable };
