import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _contrib_gradientmultiplier. */
export const contribGradientmultiplierKernels = scalarKernels({
  forward: (x) => tf.clone(x),
  slope: (_x, _y, scalar) => scalar,
});
