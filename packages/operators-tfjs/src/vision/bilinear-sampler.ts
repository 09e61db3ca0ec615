import type { BilinearSamplerAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
import { bilinearSampling, bilinearSamplingGradient } from "./bilinear-sampling.ts";

const portable: TfjsKernel<BilinearSamplerAttributes> = {
  layouts: () => ({ arguments: [channelsLast(4), undefined], outputs: [channelsLast(4)] }),
  forward: ({ inputs: [data, grid] }) => (data && grid ? [bilinearSampling(data, grid)] : []),
  backward({ inputs: [data, grid], headGradients: [dy], wanted }) {
    if (!data || !grid || !dy) return [];
    const of = { data: wanted[0] ?? false, grid: wanted[1] ?? false };
    const gradient = bilinearSamplingGradient(dy, data, grid, of);
    return [gradient.data, gradient.grid];
  },
};

/** Kernels of BilinearSampler. */
export const bilinearSamplerKernels: KernelTable<BilinearSamplerAttributes> = { portable };
