import type { NormAttributes } from "@mxgraft/operators";
import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of norm. */
export const normKernels = reductionKernels<NormAttributes>({
  forward: (x, axes, { ord }) => (ord === 1 ? tf.sum(tf.abs(x), axes) : tf.sqrt(tf.sum(tf.square(x), axes))),
  backward: ({ dy, x, y, attributes: { ord } }) => tf.mul(dy, ord === 1 ? tf.sign(x) : tf.div(x, y)),
});
