import type { Lowering } from "@mxgraft/operator";
import type { BilinearSamplerAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { bilinearSampling, bilinearSamplingGradient } from "./bilinear-sampling.ts";

/** Lowering of BilinearSampler. */
export const bilinearSamplerLowering: Lowering<BilinearSamplerAttributes> = {
  forward({ graph, inputs, inputShapes: [dataShape = [], gridShape = []] }) {
    const sampling = { data: given(inputs[0], "data"), grid: given(inputs[1], "grid"), dataShape, gridShape };
    return [bilinearSampling(graph, sampling)];
  },
  backward({ graph, inputs, inputShapes: [dataShape = [], gridShape = []], headGradients: [dy], wanted }) {
    if (!dy) return [];
    const sampling = { data: given(inputs[0], "data"), grid: given(inputs[1], "grid"), dataShape, gridShape };
    const gradient = bilinearSamplingGradient(graph, dy, sampling);
    return [wanted[0] ? gradient.data() : undefined, wanted[1] ? gradient.grid() : undefined];
  },
};
