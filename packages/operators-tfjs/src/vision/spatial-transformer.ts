import type { SpatialTransformerAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
import { affineGrid, affineGridGradient } from "./affine-grid.ts";
import { bilinearSampling, bilinearSamplingGradient } from "./bilinear-sampling.ts";

const portable: TfjsKernel<SpatialTransformerAttributes> = {
  layouts: () => ({ arguments: [channelsLast(4), undefined], outputs: [channelsLast(4), undefined] }),
  forward({ attributes, inputs: [data, loc] }) {
    if (!data || !loc) return [];
    const [height = 1, width = 1] = attributes.target_shape;
    const grid = affineGrid(loc, height, width);
    return [bilinearSampling(data, grid), grid];
  },
  backward({ inputs: [data], outputs: [, grid], headGradients: [dy], wanted }) {
    if (!data || !grid || !dy) return [];
    const of = { data: wanted[0] ?? false, grid: wanted[1] ?? false };
    const gradient = bilinearSamplingGradient(dy, data, grid, of);
    return [gradient.data, gradient.grid ? affineGridGradient(gradient.grid) : undefined];
  },
};

/** Kernels of SpatialTransformer. */
export const spatialTransformerKernels: KernelTable<SpatialTransformerAttributes> = { portable };
