import { broadcastKernels } from "./broadcast-kernels.ts";
import { remainder } from "./mod.ts";

/** Kernels of broadcast_mod. */
export const broadcastModKernels = broadcastKernels(remainder);
