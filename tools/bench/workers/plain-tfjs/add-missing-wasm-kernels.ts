import { installWasmKernels } from "@mxgraft/operators-tfjs";
import * as tf from "@tensorflow/tfjs";

/**
 * Adds the kernels that tfjs-backend-wasm lacks for training, mxgraft's own, and leaves those that it has as they are,
 * wrong ones included.
 */
export function addMissingWasmKernels(): void {
  const before = tf.getKernelsForBackend("wasm");
  installWasmKernels();
  for (const kernel of before) {
    const now = tf.getKernel(kernel.kernelName, "wasm");
    if (now?.kernelFunc === kernel.kernelFunc) continue;
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel(kernel);
  }
}
