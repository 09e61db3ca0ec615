import type { ReshapeAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** Gives data the shape that inference found for the output: Reshape, Flatten and their like. */
export const reshapeKernel: TfjsKernel = {
  forward({ inputs: [data], outputShapes: [shape] }) {
    return data && shape ? [tf.reshape(data, [...shape])] : [];
  },
  backward({ headGradients: [dy], inputShapes: [shape] }) {
    return dy && shape ? [tf.reshape(dy, [...shape])] : [];
  },
};

/** Kernels of Reshape. */
export const reshapeKernels: KernelTable<ReshapeAttributes> = { portable: reshapeKernel };
