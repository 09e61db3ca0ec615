import type { SignumUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { plusTimes, scaledGradient, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of signum_update. */
export const signumUpdateKernels: KernelTable<SignumUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, mom: tf.Tensor) => {
    const { lr, wd, wd_lh, momentum } = attributes;
    const g = plusTimes(scaledGradient(grad, attributes, 1 - momentum), weight, (1 - momentum) * wd);
    const next = tf.sub(times(mom, momentum), g);
    return [tf.add(times(weight, 1 - lr * wd_lh), times(tf.sign(next), lr)), next];
  },
);
