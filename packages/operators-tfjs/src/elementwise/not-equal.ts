import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const isNotEqual: BinaryFunction = {
  forward: (a, b) => tf.notEqual(a, b),
};

/** Kernels of _not_equal. */
export const notEqualKernels = binaryKernels(isNotEqual);
