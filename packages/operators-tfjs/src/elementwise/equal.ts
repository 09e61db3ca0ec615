import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const isEqual: BinaryFunction = {
  forward: (a, b) => tf.equal(a, b),
};

/** Kernels of _equal. */
export const equalKernels = binaryKernels(isEqual);
