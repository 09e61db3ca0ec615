import * as tf from "@tensorflow/tfjs";
import { softmaxFamilyKernels, softmaxGradient } from "./softmax-family-kernels.ts";

/** Kernels of softmax. */
export const softmaxKernels = softmaxFamilyKernels({
  sign: 1,
  forward: (x) => tf.softmax(x),
  backward: softmaxGradient,
});
