import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const isGreaterEqual: BinaryFunction = {
  forward: (a, b) => tf.greaterEqual(a, b),
};

/** Kernels of _greater_equal. */
export const greaterEqualKernels = binaryKernels(isGreaterEqual);
