import type { SgdUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { scaledGradient, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of sgd_update. */
export const sgdUpdateKernels: KernelTable<SgdUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor) => {
    const { lr, wd } = attributes;
    return [tf.sub(times(weight, 1 - lr * wd), scaledGradient(grad, attributes, lr))];
  },
);
