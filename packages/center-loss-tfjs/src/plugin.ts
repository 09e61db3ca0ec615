import { centerLoss } from "@mxgraft/center-loss";
import type { Plugin } from "@mxgraft/operator";
import type { KernelTable } from "@mxgraft/tfjs";
import { centerLossKernels } from "./center-loss-kernels.ts";
import { centerLossDefinitions, centerLossLowering } from "./center-loss-lowering.ts";

/** For loaders: the operator with its kernels. */
export default {
  name: "@mxgraft/center-loss-tfjs",
  customOperators: { centerloss: centerLoss },
  kernels: { centerloss: centerLossKernels },
  lowerings: { centerloss: centerLossLowering },
  nativeDefinitions: centerLossDefinitions,
} satisfies Plugin<KernelTable>;
