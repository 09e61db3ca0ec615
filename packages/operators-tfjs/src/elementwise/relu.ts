import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of relu. */
export const reluKernels = unaryKernels({ forward: (x) => tf.relu(x), slope: (_, y) => tf.step(y) }, "relu");
