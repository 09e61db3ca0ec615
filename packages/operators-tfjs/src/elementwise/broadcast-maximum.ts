import { broadcastKernels } from "./broadcast-kernels.ts";
import { greaterOne } from "./maximum.ts";

/** Kernels of broadcast_maximum. */
export const broadcastMaximumKernels = broadcastKernels(greaterOne);
