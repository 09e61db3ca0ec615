import { centerLoss as specification } from "@mxgraft/center-loss";
import type { Plugin } from "@mxgraft/operator";
import type { KernelTable } from "@mxgraft/tfjs";
import { centerLossKernels } from "./center-loss-kernels.ts";

// For training loops of TensorFlow.js
export { centerLoss } from "./center-loss.ts";
export { CENTER_LOSS, registerCenterLossKernel } from "./center-loss-kernel.ts";
export { ClassCenters, type ClassCentersOptions } from "./class-centers.ts";
// For graphs
export { centerLossKernels } from "./center-loss-kernels.ts";

/** For loaders: the operator with its kernels. */
export default {
  name: "@mxgraft/center-loss-tfjs",
  customOperators: { centerloss: specification },
  kernels: { centerloss: centerLossKernels },
} satisfies Plugin<KernelTable>;
