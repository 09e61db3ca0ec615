import type { InstanceNormAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { groupNormKernel } from "./group-norm-kernel.ts";

/** Kernels of InstanceNorm: every channel is a group. */
export const instanceNormKernels: KernelTable<InstanceNormAttributes> = { portable: groupNormKernel() };
