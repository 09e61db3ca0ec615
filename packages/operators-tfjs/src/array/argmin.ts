import * as tf from "@tensorflow/tfjs";
import { argExtremumKernels } from "./arg-extremum-kernels.ts";

/** Kernels of argmin. */
export const argminKernels = argExtremumKernels((x, axis) => tf.argMin(x, axis));
