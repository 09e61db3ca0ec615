import * as tf from "@tensorflow/tfjs";
import { unaryKernels } from "./unary-kernels.ts";

/** Kernels of tan. */
export const tanKernels = unaryKernels({
  forward: (x) => tf.tan(x),
  slope: (_, y) => tf.add(tf.square(y), 1),
});
