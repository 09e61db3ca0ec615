import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const oneOnly: BinaryFunction = {
  forward: (a, b) => tf.notEqual(tf.cast(tf.notEqual(a, 0), "int32"), tf.cast(tf.notEqual(b, 0), "int32")),
};

/** Kernels of _logical_xor. */
export const logicalXorKernels = binaryKernels(oneOnly);
