import * as tf from "@tensorflow/tfjs";
import { regressionOutputKernels } from "./regression-output-kernels.ts";

/** Kernels of LogisticRegressionOutput. */
export const logisticRegressionOutputKernels = regressionOutputKernels({
  forward: (x) => tf.sigmoid(x),
  slope: (difference) => difference,
});
