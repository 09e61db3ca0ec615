import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";
import { modulo } from "./modulo.ts";

/** The function, for arrays of one shape and of others. */
export const remainder: BinaryFunction = {
  forward: modulo,
  slopes: {
    left: () => 1,
    right: (a, b) => tf.neg(tf.floor(tf.div(a, b))),
  },
};

/** Kernels of _mod. */
export const modKernels = binaryKernels(remainder);
