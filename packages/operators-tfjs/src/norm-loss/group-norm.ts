import type { GroupNormAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { groupNormKernel } from "./group-norm-kernel.ts";

/** Kernels of GroupNorm. */
export const groupNormKernels: KernelTable<GroupNormAttributes> = { portable: groupNormKernel() };
