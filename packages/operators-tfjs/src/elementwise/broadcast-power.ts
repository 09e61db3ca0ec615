import { broadcastKernels } from "./broadcast-kernels.ts";
import { raise } from "./power.ts";

/** Kernels of broadcast_power. */
export const broadcastPowerKernels = broadcastKernels(raise);
