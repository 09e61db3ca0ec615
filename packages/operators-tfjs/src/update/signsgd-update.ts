import type { SignsgdUpdateAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { times } from "./scaled-gradient.ts";
import { updateKernels } from "./update-kernels.ts";

/** Kernels of signsgd_update. */
export const signsgdUpdateKernels: KernelTable<SignsgdUpdateAttributes> = updateKernels(
  ({ lr, wd }, weight: tf.Tensor, grad: tf.Tensor) => [tf.sub(times(weight, 1 - lr * wd), times(tf.sign(grad), lr))],
);
