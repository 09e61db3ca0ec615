import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of mean. */
export const meanKernels = reductionKernels({
  forward: (x, axes) => tf.mean(x, axes),
  backward: ({ dy, count }) => tf.div(dy, count),
});
