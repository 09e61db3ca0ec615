import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";
import { divide } from "./divide.ts";

/** The function, for arrays of one shape and of others. */
export const division: BinaryFunction = {
  forward: divide,
  slopes: {
    left: (_, b) => tf.reciprocal(b),
    right: (a, b) => tf.neg(tf.div(a, tf.square(b))),
  },
};

/** Kernels of elemwise_div. */
export const elemwiseDivKernels = binaryKernels(division);
