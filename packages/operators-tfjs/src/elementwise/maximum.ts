import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const greaterOne: BinaryFunction = {
  forward: (a, b) => tf.maximum(a, b),
  slopes: {
    left: (a, b) => tf.cast(tf.greaterEqual(a, b), "float32"),
    right: (a, b) => tf.cast(tf.less(a, b), "float32"),
  },
};

/** Kernels of _maximum. */
export const maximumKernels = binaryKernels(greaterOne);
