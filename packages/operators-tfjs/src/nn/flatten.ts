import type { KernelTable } from "@mxgraft/tfjs";
import { reshapeKernel } from "./reshape.ts";

/** Kernels of Flatten. */
export const flattenKernels: KernelTable<Record<never, never>> = { portable: reshapeKernel };
