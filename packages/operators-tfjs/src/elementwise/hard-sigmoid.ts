import type { HardSigmoidAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sameType } from "./same-type.ts";

const portable: TfjsKernel<HardSigmoidAttributes> = {
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
  forward: ({ attributes: { alpha, beta }, inputs: [x] }) =>
    x ? [tf.clipByValue(tf.add(tf.mul(x, alpha), beta), 0, 1)] : [],
  backward({ attributes: { alpha }, outputs: [y], headGradients: [dy] }) {
    if (!y || !dy) return [];
    const inside = tf.logicalAnd(tf.greater(y, 0), tf.less(y, 1));
    return [tf.mul(dy, tf.mul(sameType(inside, dy), alpha))];
  },
};

/** Kernels of hard_sigmoid. */
export const hardSigmoidKernels: KernelTable<HardSigmoidAttributes> = { portable };
