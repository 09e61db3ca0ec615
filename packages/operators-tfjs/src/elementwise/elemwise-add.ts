import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const add: BinaryFunction = {
  forward: (a, b) => tf.add(a, b),
  slopes: {
    left: () => 1,
    right: () => 1,
  },
};

/** Kernels of elemwise_add. */
export const elemwiseAddKernels = binaryKernels(add, "sum");
