import { broadcastKernels } from "./broadcast-kernels.ts";
import { isEqual } from "./equal.ts";

/** Kernels of broadcast_equal. */
export const broadcastEqualKernels = broadcastKernels(isEqual);
