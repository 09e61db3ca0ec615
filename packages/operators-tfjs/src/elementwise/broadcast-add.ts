import { broadcastKernels } from "./broadcast-kernels.ts";
import { add } from "./elemwise-add.ts";

/** Kernels of broadcast_add. */
export const broadcastAddKernels = broadcastKernels(add);
