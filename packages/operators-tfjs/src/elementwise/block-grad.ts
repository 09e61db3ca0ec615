import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of BlockGrad. */
export const blockGradKernels = unaryKernels({
  forward: (x) => tf.clone(x),
});
