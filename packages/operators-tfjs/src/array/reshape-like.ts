import type { ReshapeLikeAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { reshapeKernel } from "../nn/reshape.ts";

/** Kernels of reshape_like. */
export const reshapeLikeKernels: KernelTable<ReshapeLikeAttributes> = { portable: reshapeKernel };
