import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const either: BinaryFunction = {
  forward: (a, b) => tf.logicalOr(tf.notEqual(a, 0), tf.notEqual(b, 0)),
};

/** Kernels of _logical_or. */
export const logicalOrKernels = binaryKernels(either);
