import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sumToShape } from "../elementwise/sum-to-shape.ts";

const portable: TfjsKernel = {
  forward({ inputs: [data], outputShapes: [shape] }) {
    return data && shape ? [tf.broadcastTo(data, [...shape])] : [];
  },
  backward({ headGradients: [dy], inputShapes: [shape] }) {
    return dy && shape ? [sumToShape(dy, shape)] : [];
  },
};

/** The kernels of operators that repeat their first argument along axes of size 1. */
export const broadcastShapeKernels: KernelTable = { portable };
