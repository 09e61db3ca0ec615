import * as tf from "@tensorflow/tfjs";
import type { Compute, ReplacementKernel, TensorInfos } from "./replacement-kernel.ts";

const installed = new Set<tf.KernelFunc>();

/**
 * Registers kernels for a backend in the place of those of tfjs. Call it once the backend's package has been imported,
 * before or after the backend is chosen; more calls change nothing.
 */
export function installReplacements(backendName: string, kernels: readonly ReplacementKernel[]): void {
  const before = tf.getKernelsForBackend(backendName);
  if (before.length === 0 || before.some((kernel) => installed.has(kernel.kernelFunc))) return;
  const byName = new Map(before.map((kernel) => [kernel.kernelName, kernel]));
  const stock = (name: string): Compute<TensorInfos, object, unknown> => {
    const kernel = byName.get(name);
    if (!kernel) throw new Error(`internal: the backend ${backendName} of tfjs has no kernel ${name}`);
    return ({ inputs, attrs, backend }) => {
      // The types of tfjs leave open how many results a kernel has; those we build on have one. Inputs are passed on as
      // they are: those of AddN and Concat are an array, whatever their type says.
      const result = kernel.kernelFunc({
        inputs: inputs as tf.NamedTensorInfoMap,
        attrs: { ...attrs },
        backend: backend ?? {},
      });
      if (Array.isArray(result)) throw new Error(`internal: kernel ${name} has more than one result`);
      return result;
    };
  };
  for (const kernel of kernels) {
    const predecessor = byName.get(kernel.name);
    const kernelFunc = kernel.create(stock);
    if (predecessor) tf.unregisterKernel(kernel.name, backendName);
    // The predecessor may still be called by ours, and is set up when the backend starts.
    const setUp = predecessor?.setupFunc ? { setupFunc: predecessor.setupFunc } : {};
    tf.registerKernel({ kernelName: kernel.name, backendName, kernelFunc, ...setUp });
    installed.add(kernelFunc);
  }
}
