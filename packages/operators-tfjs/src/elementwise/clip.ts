import type { ClipAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sameType, scalarLike } from "./same-type.ts";

const portable: TfjsKernel<ClipAttributes> = {
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
  forward({ attributes: { a_min, a_max }, inputs: [x] }) {
    return x ? [tf.minimum(tf.maximum(x, scalarLike(x, a_min)), scalarLike(x, a_max))] : [];
  },
  backward({ attributes: { a_min, a_max }, inputs: [x], headGradients: [dy] }) {
    if (!x || !dy) return [];
    const inside = tf.logicalAnd(tf.greaterEqual(x, a_min), tf.lessEqual(x, a_max));
    return [tf.mul(dy, sameType(inside, dy))];
  },
};

/** Kernels of clip. */
export const clipKernels: KernelTable<ClipAttributes> = { portable };
