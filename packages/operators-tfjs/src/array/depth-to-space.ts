import type { BlockAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { channelsToPixels, pixelsToChannels } from "./block-pixels.ts";

const portable: TfjsKernel<BlockAttributes> = {
  forward({ attributes: { block_size }, inputs: [data], outputShapes: [shape] }) {
    return data && shape ? [channelsToPixels(data, block_size, shape)] : [];
  },
  backward: ({ attributes: { block_size }, headGradients: [dy] }) => (dy ? [pixelsToChannels(dy, block_size)] : []),
};

/** Kernels of depth_to_space. */
export const depthToSpaceKernels: KernelTable<BlockAttributes> = { portable };
