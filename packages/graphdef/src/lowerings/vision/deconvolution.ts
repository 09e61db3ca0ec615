import type { Shape } from "@mxgraft/base";
import type { Lowering } from "@mxgraft/operator";
import { type DeconvolutionAttributes, deconvolutionWindow, windowOf } from "@mxgraft/operators";
import { given } from "../given.ts";
import { type Deconvolver, deconvolver } from "./deconvolver.ts";

function deconvolverOf(attributes: DeconvolutionAttributes, [data = []]: readonly Shape[]): Deconvolver {
  const { channelsLast } = windowOf(attributes);
  return deconvolver({
    window: deconvolutionWindow(attributes, channelsLast ? data.slice(1, -1) : data.slice(2)),
    groups: attributes.num_group,
    channels: (channelsLast ? data.at(-1) : data[1]) ?? 1,
    filters: attributes.num_filter,
  });
}

/** Lowering of Deconvolution. */
export const deconvolutionLowering: Lowering<DeconvolutionAttributes> = {
  // TensorFlow's gradients of convolutions, of which forward is one, know no dilation on the CPU.
  accepts(attributes) {
    const { kernel, dilate } = windowOf(attributes);
    return kernel.length < 3 && dilate.every((step) => step === 1);
  },
  forward({ graph, attributes, inputs, inputShapes }) {
    const { forward } = deconvolverOf(attributes, inputShapes);
    const output = forward(graph, given(inputs[0], "data"), given(inputs[1], "weight"));
    return [inputs[2] ? graph.one("BiasAdd", [output, inputs[2]], { data_format: "NHWC" }) : output];
  },
  backward({ graph, attributes, inputs, inputShapes, headGradients: [dy], wanted }) {
    if (!dy) return [];
    const { dataGradient, weightGradient } = deconvolverOf(attributes, inputShapes);
    return [
      wanted[0] ? dataGradient(graph, dy, given(inputs[1], "weight")) : undefined,
      wanted[1] ? weightGradient(graph, given(inputs[0], "data"), dy) : undefined,
      wanted[2] ? graph.one("BiasAddGrad", [dy], { data_format: "NHWC" }) : undefined,
    ];
  },
};
