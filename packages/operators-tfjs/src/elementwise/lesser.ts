import * as tf from "@tensorflow/tfjs";
import { type BinaryFunction, binaryKernels } from "./binary-kernels.ts";

/** The function, for arrays of one shape and of others. */
export const isLesser: BinaryFunction = {
  forward: (a, b) => tf.less(a, b),
};

/** Kernels of _lesser. */
export const lesserKernels = binaryKernels(isLesser);
