import type { BroadcastAxisAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { broadcastShapeKernels } from "./broadcast-shape-kernels.ts";

/** Kernels of broadcast_axis. */
export const broadcastAxisKernels: KernelTable<BroadcastAxisAttributes> = broadcastShapeKernels;
