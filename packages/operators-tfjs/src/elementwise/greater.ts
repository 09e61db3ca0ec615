import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const isGreater: BinaryFunction = {
  forward: (a, b) => tf.greater(a, b),
};

/** Kernels of _greater. */
export const greaterKernels = binaryKernels(isGreater);
