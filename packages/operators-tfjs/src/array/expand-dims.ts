import type { ExpandDimsAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { reshapeKernel } from "../nn/reshape.ts";

/** Kernels of expand_dims. */
export const expandDimsKernels: KernelTable<ExpandDimsAttributes> = { portable: reshapeKernel };
