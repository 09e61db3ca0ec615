import { installReplacements } from "../install-replacements.ts";
import type { ReplacementKernel } from "../replacement-kernel.ts";
import { batchMatMul } from "./batch-mat-mul.ts";
import { conv2D, fusedConv2D } from "./conv2d.ts";
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

const kernels: readonly ReplacementKernel[] = [
  batchMatMul,
  conv2D,
  conv2DBackpropFilter,
  conv2DBackpropInput,
  conv3DBackpropFilter,
  conv3DBackpropInput,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  fusedConv2D,
  maxPoolGrad,
  sum,
  tanh,
  unsortedSegmentSum,
];

/**
 * Registers our kernels for the backend "wasm": those that tfjs-backend-wasm 4.22 lacks, has wrong or has slow. Call it
 * once the package has been imported, before or after the backend is chosen; more calls change nothing.
 */
export function installWasmKernels(): void {
  installReplacements("wasm", kernels);
}
