import { broadcastKernels } from "./broadcast-kernels.ts";
import { isLesser } from "./lesser.ts";

/** Kernels of broadcast_lesser. */
export const broadcastLesserKernels = broadcastKernels(isLesser);
