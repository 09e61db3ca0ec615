import { broadcastKernels } from "./broadcast-kernels.ts";
import { division } from "./elemwise-div.ts";

/** Kernels of broadcast_div. */
export const broadcastDivKernels = broadcastKernels(division);
