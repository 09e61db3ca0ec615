import * as tf from "@tensorflow/tfjs";
import { regressionOutputKernels } from "./regression-output-kernels.ts";

/** Kernels of LinearRegressionOutput. */
export const linearRegressionOutputKernels = regressionOutputKernels({
  forward: (x) => tf.clone(x),
  slope: (difference) => difference,
});
