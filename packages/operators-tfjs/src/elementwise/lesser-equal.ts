import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const isLesserEqual: BinaryFunction = {
  forward: (a, b) => tf.lessEqual(a, b),
};

/** Kernels of _lesser_equal. */
export const lesserEqualKernels = binaryKernels(isLesserEqual);
