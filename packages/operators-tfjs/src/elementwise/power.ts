import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const raise: BinaryFunction = {
  forward: (a, b) => tf.pow(a, b),
  slopes: {
    left: (a, b) => tf.mul(b, tf.pow(a, tf.sub(b, 1))),
    right: (a, _, y) => tf.mul(y, tf.log(a)),
  },
};

/** Kernels of _power. */
export const powerKernels = binaryKernels(raise);
