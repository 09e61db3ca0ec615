import { broadcastKernels } from "./broadcast-kernels.ts";
import { subtract } from "./elemwise-sub.ts";

/** Kernels of broadcast_sub. */
export const broadcastSubKernels = broadcastKernels(subtract);
