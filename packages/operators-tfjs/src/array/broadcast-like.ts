import type { BroadcastLikeAttributes } from "@mxgraft/operators";
import type { KernelTable } from "@mxgraft/tfjs";
import { broadcastShapeKernels } from "./broadcast-shape-kernels.ts";

/** Kernels of broadcast_like. */
export const broadcastLikeKernels: KernelTable<BroadcastLikeAttributes> = broadcastShapeKernels;
