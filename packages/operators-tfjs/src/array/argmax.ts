import * as tf from "@tensorflow/tfjs";
import { argExtremumKernels } from "./arg-extremum-kernels.ts";

/** Kernels of argmax. */
export const argmaxKernels = argExtremumKernels((x, axis) => tf.argMax(x, axis));
