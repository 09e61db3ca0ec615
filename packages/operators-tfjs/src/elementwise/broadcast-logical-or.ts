import { broadcastKernels } from "./broadcast-kernels.ts";
import { either } from "./logical-or.ts";

/** Kernels of broadcast_logical_or. */
export const broadcastLogicalOrKernels = broadcastKernels(either);
