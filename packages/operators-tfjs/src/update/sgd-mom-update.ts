import type { SgdMomUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { plusTimes, scaledGradient, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of sgd_mom_update. */
export const sgdMomUpdateKernels: KernelTable<SgdMomUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, mom: tf.Tensor) => {
    const { lr, wd, momentum } = attributes;
    const step = plusTimes(scaledGradient(grad, attributes, lr), weight, lr * wd);
    const next = tf.sub(times(mom, momentum), step);
    return [tf.add(weight, next), next];
  },
);
