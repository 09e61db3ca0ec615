import { broadcastKernels } from "./broadcast-kernels.ts";
import { both } from "./logical-and.ts";

/** Kernels of broadcast_logical_and. */
export const broadcastLogicalAndKernels = broadcastKernels(both);
