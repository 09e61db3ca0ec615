import { broadcastKernels } from "./broadcast-kernels.ts";
import { hypotenuse } from "./hypot.ts";

/** Kernels of broadcast_hypot. */
export const broadcastHypotKernels = broadcastKernels(hypotenuse);
