import { broadcastKernels } from "./broadcast-kernels.ts";
import { isGreaterEqual } from "./greater-equal.ts";

/** Kernels of broadcast_greater_equal. */
export const broadcastGreaterEqualKernels = broadcastKernels(isGreaterEqual);
