import * as tf from "@tensorflow/tfjs";
import { reductionKernels } from "./reduction-kernels.ts";

/** Kernels of sum. */
export const sumKernels = reductionKernels({
  forward: (x, axes) => tf.sum(x, axes),
  backward: ({ dy }) => dy,
});
