import * as tf from "@tensorflow/tfjs";
import { regressionOutputKernels } from "./regression-output-kernels.ts";

/** Kernels of MAERegressionOutput. */
export const maeRegressionOutputKernels = regressionOutputKernels({
  forward: (x) => tf.clone(x),
  slope: (difference) => tf.sign(difference),
});
