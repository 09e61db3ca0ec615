import { broadcastKernels } from "./broadcast-kernels.ts";
import { oneOnly } from "./logical-xor.ts";

/** Kernels of broadcast_logical_xor. */
export const broadcastLogicalXorKernels = broadcastKernels(oneOnly);
