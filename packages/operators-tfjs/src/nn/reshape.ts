import type { ReshapeAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { given } from "./given.ts";

/** Gives data the shape that inference found for the output: Reshape, Flatten and their like. */
export const reshapeKernel: TfjsKernel = {
  forward({ inputs: [data], outputShapes: [shape] }) {
    return [tf.reshape(given(data, "data"), [...given(shape, "the shape of its output")])];
  },
  backward({ headGradients: [dy], inputShapes: [shape] }) {
    return dy ? [tf.reshape(dy, [...given(shape, "the shape of data")])] : [];
  },
};

/** Kernels of Reshape. */
export const reshapeKernels: KernelTable<ReshapeAttributes> = { portable: reshapeKernel };
