import { broadcastKernels } from "./broadcast-kernels.ts";
import { isGreater } from "./greater.ts";

/** Kernels of broadcast_greater. */
export const broadcastGreaterKernels = broadcastKernels(isGreater);
