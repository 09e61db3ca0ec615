import type { SqueezeAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { reshapeKernel } from "../nn/reshape.ts";

/** Kernels of squeeze. */
export const squeezeKernels: KernelTable<SqueezeAttributes> = { portable: reshapeKernel };
