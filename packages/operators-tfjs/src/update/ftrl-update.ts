import type { FtrlUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { scaledGradient, times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of ftrl_update. */
export const ftrlUpdateKernels: KernelTable<FtrlUpdateAttributes> = updateKernels(
  (attributes, weight: tf.Tensor, grad: tf.Tensor, z: tf.Tensor, n: tf.Tensor) => {
    const { lr, wd, lamda1, beta } = attributes;
    const g = scaledGradient(grad, attributes, 1);
    const nextN = tf.add(n, tf.square(g));
    const root = tf.sqrt(nextN);
    const drift = tf.mul(tf.sub(root, tf.sqrt(n)), times(weight, 1 / lr));
    const nextZ = tf.sub(tf.add(z, g), drift);
    // sign(z) * lamda1 - z is the part of z beyond -lamda1..lamda1, with the other sign.
    const beyond = tf.sub(tf.clipByValue(nextZ, -lamda1, lamda1), nextZ);
    return [tf.div(beyond, tf.add(times(tf.add(root, beta), 1 / lr), wd)), nextZ, nextN];
  },
);
