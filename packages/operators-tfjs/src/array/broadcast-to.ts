import type { BroadcastToAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { broadcastShapeKernels } from "./broadcast-shape-kernels.ts";

/** Kernels of broadcast_to. */
export const broadcastToKernels: KernelTable<BroadcastToAttributes> = broadcastShapeKernels;
