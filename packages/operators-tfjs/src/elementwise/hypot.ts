import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const hypotenuse: BinaryFunction = {
  forward: (a, b) => tf.sqrt(tf.add(tf.square(a), tf.square(b))),
  slopes: {
    left: (a, _, y) => tf.div(a, y),
    right: (_, b, y) => tf.div(b, y),
  },
};

/** Kernels of _hypot. */
export const hypotKernels = binaryKernels(hypotenuse);
