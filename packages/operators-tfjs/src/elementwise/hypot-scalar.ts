import * as tf from "@tensorflow/tfjs";
import { scalarKernels } from "./scalar-kernels.ts";

/** Kernels of _hypot_scalar. */
export const hypotScalarKernels = scalarKernels({
  forward: (x, s) => tf.sqrt(tf.add(tf.square(x), tf.square(s))),
  slope: (x, y) => tf.div(x, y),
});
