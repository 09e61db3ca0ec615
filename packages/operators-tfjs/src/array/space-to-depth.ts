import type { BlockAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { channelsToPixels, pixelsToChannels } from "./block-pixels.ts";

const portable: TfjsKernel<BlockAttributes> = {
  forward: ({ attributes: { block_size }, inputs: [data] }) => (data ? [pixelsToChannels(data, block_size)] : []),
  backward({ attributes: { block_size }, headGradients: [dy], inputShapes: [shape] }) {
    return dy && shape ? [channelsToPixels(dy, block_size, shape)] : [];
  },
};

/** Kernels of space_to_depth. */
export const spaceToDepthKernels: KernelTable<BlockAttributes> = { portable };
