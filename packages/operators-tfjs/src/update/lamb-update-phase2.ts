import type { LambUpdatePhase2Attributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<LambUpdatePhase2Attributes> = {
  layouts: () => ({ arguments: ["any", "any", undefined, undefined], outputs: ["any"] }),
  forward({ attributes, inputs: [weight, g, r1, r2] }) {
    if (!weight || !g || !r1 || !r2) return [];
    const { lr, lower_bound, upper_bound } = attributes;
    const least = lower_bound < 0 ? r1 : tf.maximum(r1, lower_bound);
    const bounded = upper_bound < 0 ? least : tf.minimum(least, upper_bound);
    // A norm of 0 says nothing about the length, then the rate counts alone.
    const known = tf.logicalAnd(tf.notEqual(bounded, 0), tf.notEqual(r2, 0));
    const rate = tf.mul(tf.where(known, tf.div(bounded, r2), tf.onesLike(r1)), lr);
    return [tf.sub(weight, tf.mul(g, rate))];
  },
};

/** Kernels of lamb_update_phase2. */
export const lambUpdatePhase2Kernels: KernelTable<LambUpdatePhase2Attributes> = { portable };
