import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const lesserOne: BinaryFunction = {
  forward: (a, b) => tf.minimum(a, b),
  slopes: {
    left: (a, b) => tf.cast(tf.lessEqual(a, b), "float32"),
    right: (a, b) => tf.cast(tf.greater(a, b), "float32"),
  },
};

/** Kernels of _minimum. */
export const minimumKernels = binaryKernels(lesserOne);
