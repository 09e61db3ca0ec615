import type { Shape } from "@mxgraft/base";
import type { Layouts } from "@mxgraft/operator";
import { type DeconvolutionAttributes, deconvolutionWindow } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
import { sumToChannels } from "../nn/sum-to-channels.ts";
import { type Deconvolver, deconvolverOf } from "./deconvolver.ts";

function layouts({ layout, no_bias }: DeconvolutionAttributes, [data]: readonly Shape[]): Layouts {
  const rank = data?.length ?? 4;
  const spatialAxes = Array.from({ length: rank - 2 }, (_, i) => i);
  const bias = no_bias ? [] : [undefined];
  if (layout?.endsWith("C")) {
    const weight = [...spatialAxes.map((i) => i + 1), rank - 1, 0];
    return { arguments: [undefined, weight, ...bias], outputs: [undefined] };
  }
  const weight = [...spatialAxes.map((i) => i + 2), 1, 0];
  return { arguments: [channelsLast(rank), weight, ...bias], outputs: [channelsLast(rank)] };
}

function deconvolver(attributes: DeconvolutionAttributes, data: tf.Tensor): Deconvolver {
  const { num_filter, num_group } = attributes;
  return deconvolverOf(deconvolutionWindow(attributes, data.shape.slice(1, -1)), num_group, num_filter);
}

const portable: TfjsKernel<DeconvolutionAttributes> = {
  layouts,
  forward({ attributes, inputs: [data, weight, bias] }) {
    if (!data || !weight) return [];
    const output = deconvolver(attributes, data).forward(data, weight);
    return [bias ? tf.add(output, bias) : output];
  },
  backward({ attributes, inputs: [data, weight], headGradients: [dy], wanted: [wantsData, wantsWeight, wantsBias] }) {
    if (!data || !weight || !dy) return [];
    const { inputGradient, filterGradient } = deconvolver(attributes, data);
    return [
      wantsData ? inputGradient(dy, weight) : undefined,
      wantsWeight ? filterGradient(data, dy, weight.shape) : undefined,
      wantsBias ? sumToChannels(dy) : undefined,
    ];
  },
};

/** Kernels of Deconvolution. */
export const deconvolutionKernels: KernelTable<DeconvolutionAttributes> = { portable };
