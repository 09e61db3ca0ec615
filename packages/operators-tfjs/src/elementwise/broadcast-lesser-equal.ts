import { broadcastKernels } from "./broadcast-kernels.ts";
import { isLesserEqual } from "./lesser-equal.ts";

/** Kernels of broadcast_lesser_equal. */
export const broadcastLesserEqualKernels = broadcastKernels(isLesserEqual);
