import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const multiply: BinaryFunction = {
  forward: (a, b) => tf.mul(a, b),
  slopes: {
    left: (_, b) => b,
    right: (a) => a,
  },
};

/** Kernels of elemwise_mul. */
export const elemwiseMulKernels = binaryKernels(multiply);
