import type { NagMomUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { plusTimes, scaledGradient, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of nag_mom_update. */
export const nagMomUpdateKernels: KernelTable<NagMomUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, mom: tf.Tensor) => {
    const { lr, wd, momentum } = attributes;
    const slope = scaledGradient(grad, attributes, lr);
    const kept = times(mom, momentum);
    const step = plusTimes(slope, weight, lr * wd);
    const ahead = tf.sub(kept, step);
    const output = tf.add(weight, tf.sub(times(ahead, momentum), step));
    if (wd === 0) return [output, ahead];
    // MXNet writes the weight before the momentum, so the decay in the momentum is that of the new weight.
    return [output, tf.sub(kept, plusTimes(slope, output, lr * wd))];
  },
);
