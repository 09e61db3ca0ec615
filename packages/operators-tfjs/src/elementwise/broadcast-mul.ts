import { broadcastKernels } from "./broadcast-kernels.ts";
import { multiply } from "./elemwise-mul.ts";

/** Kernels of broadcast_mul. */
export const broadcastMulKernels = broadcastKernels(multiply);
