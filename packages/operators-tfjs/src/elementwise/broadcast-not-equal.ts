import { broadcastKernels } from "./broadcast-kernels.ts";
import { isNotEqual } from "./not-equal.ts";

/** Kernels of broadcast_not_equal. */
export const broadcastNotEqualKernels = broadcastKernels(isNotEqual);
