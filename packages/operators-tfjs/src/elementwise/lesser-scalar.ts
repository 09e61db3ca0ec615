import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _lesser_scalar. */
export const lesserScalarKernels = scalarKernels({
  forward: (x, s) => tf.less(x, s),
});
