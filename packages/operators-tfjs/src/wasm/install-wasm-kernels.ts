import * as tf from "@tensorflow/tfjs";
import { batchMatMul } from "./batch-mat-mul.ts";
import { conv2DBackpropFilter } from "./conv2d-backprop-filter.ts";
import { conv2DBackpropInput } from "./conv2d-backprop-input.ts";
import { conv3DBackpropFilter } from "./conv3d-backprop-filter.ts";
import { conv3DBackpropInput } from "./conv3d-backprop-input.ts";
import { depthwiseBackpropFilter } from "./depthwise-backprop-filter.ts";
import { depthwiseBackpropInput } from "./depthwise-backprop-input.ts";
import { maxPoolGrad } from "./max-pool-grad.ts";
import { sum } from "./sum.ts";
import { tanh } from "./tanh.ts";
import { unsortedSegmentSum } from "./unsorted-segment-sum.ts";
import type { WasmCompute, WasmKernel } from "./wasm-kernel.ts";

const BACKEND = "wasm";

const kernels: readonly WasmKernel[] = [
  batchMatMul,
  conv2DBackpropFilter,
  conv2DBackpropInput,
  conv3DBackpropFilter,
  conv3DBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  maxPoolGrad,
  sum,
  tanh,
  unsortedSegmentSum,
];

const installed = new Set<tf.KernelFunc>();

/**
 * Registers our kernels for the backend "wasm": those that tfjs-backend-wasm 4.22 lacks, has wrong or has slow. Call it
 * once the package has been imported, before or after the backend is chosen; more calls change nothing.
 */
export function installWasmKernels(): void {
  const before = tf.getKernelsForBackend(BACKEND);
  if (before.length === 0 || before.some((kernel) => installed.has(kernel.kernelFunc))) return;
  const byName = new Map(before.map((kernel) => [kernel.kernelName, kernel]));
  const stock = (name: string): WasmCompute<Readonly<Record<string, tf.TensorInfo>>, object> => {
    const kernel = byName.get(name);
    if (!kernel) throw new Error(`internal: tfjs-backend-wasm has no kernel ${name}`);
    return ({ inputs, attrs, backend }) => {
      // The types of tfjs leave open how many results a kernel has; those we build on have one.
      const result = kernel.kernelFunc({ inputs: { ...inputs }, attrs: { ...attrs }, backend });
      if (Array.isArray(result)) throw new Error(`internal: kernel ${name} has more than one result`);
      return result;
    };
  };
  for (const kernel of kernels) {
    const predecessor = byName.get(kernel.name);
    const kernelFunc = kernel.create(stock);
    if (predecessor) tf.unregisterKernel(kernel.name, BACKEND);
    // The predecessor may still be called by ours, and is set up when the backend starts.
    const setUp = predecessor?.setupFunc ? { setupFunc: predecessor.setupFunc } : {};
    tf.registerKernel({ kernelName: kernel.name, backendName: BACKEND, kernelFunc, ...setUp });
    installed.add(kernelFunc);
  }
}
