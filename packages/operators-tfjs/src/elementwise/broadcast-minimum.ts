import { broadcastKernels } from "./broadcast-kernels.ts";
import { lesserOne } from "./minimum.ts";

/** Kernels of broadcast_minimum. */
export const broadcastMinimumKernels = broadcastKernels(lesserOne);
