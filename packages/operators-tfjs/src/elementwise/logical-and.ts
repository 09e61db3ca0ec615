import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const both: BinaryFunction = {
  forward: (a, b) => tf.logicalAnd(tf.notEqual(a, 0), tf.notEqual(b, 0)),
};

/** Kernels of _logical_and. */
export const logicalAndKernels = binaryKernels(both);
