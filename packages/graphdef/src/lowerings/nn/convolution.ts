import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, Lowering } from "@mxgraft/operator";
import { type ConvolutionAttributes, windowOf } from "@mxgraft/operators";
import { given } from "../given.ts";
import { shapeOf } from "../shapes.ts";
import {
  type ConvolutionPlan,
  convolutionPlan,
  convolve,
  dataGradient,
  filtersOf,
  lift,
  unlift,
  weightGradient,
} from "./convolution-plan.ts";
import { finishFused } from "./finish-fused.ts";
import { winogradTile } from "./winograd-tile.ts";

/** How a convolution is computed, for how many images, and their rows and columns. */
interface BatchPlan {
  readonly plan: ConvolutionPlan;
  readonly batch: number;
  readonly sizes: Shape;
}

function batchPlanOf(attributes: ConvolutionAttributes, inputShapes: readonly Shape[]): BatchPlan {
  const data = given(inputShapes[0], "the shape of data");
  const window = windowOf(attributes);
  const sizes = window.channelsLast ? data.slice(1, -1) : data.slice(2);
  const plan = convolutionPlan({
    window,
    groups: attributes.num_group,
    channels: given(window.channelsLast ? data.at(-1) : data[1], "the number of channels"),
    filters: attributes.num_filter,
    sizes,
  });
  return { plan, batch: given(data[0], "the number of images"), sizes };
}

function planOf(attributes: ConvolutionAttributes, inputShapes: readonly Shape[]): ConvolutionPlan {
  return batchPlanOf(attributes, inputShapes).plan;
}

/**
 * Up to how many channels and filters the native operators are faster than oneDNN's, which compute blocks of 16
 * channels: measured with 1 to 512 channels, kernels of 1 to 7 points, batches of 1 to 100 on two cores.
 */
const MOST_NATIVE = { MxgraftConvolution: [48, 56], MxgraftConvolutionGradients: [128, 128] } as const;

/** The attributes of a native operator, if it is there and the faster one. */
function nativeAttributes(
  graph: GraphBuilder,
  { strides, pads, weight, groups, isDepthwise, isLifted }: ConvolutionPlan,
  operator: keyof typeof MOST_NATIVE,
) {
  if (groups > 1 || isDepthwise || isLifted || !graph.offers(operator)) return undefined;
  const [, , channels = 1, filters = 1] = weight;
  const [mostChannels, mostFilters] = MOST_NATIVE[operator];
  return channels <= mostChannels && filters <= mostFilters ? { strides, pads } : undefined;
}

/** Whether an evaluation takes the native operator, which reads filters in an order of its own. */
function packsFilters(graph: GraphBuilder, { groups, isDepthwise, isLifted }: ConvolutionPlan): boolean {
  return groups === 1 && !isDepthwise && !isLifted && graph.offers("MxgraftFusedConvolution");
}

/** Lowering of Convolution. */
export const convolutionLowering: Lowering<ConvolutionAttributes> = {
  // TensorFlow's gradients know no dilation on the CPU, and its convolutions over three axes no padding.
  accepts(attributes) {
    const { kernel, dilate } = windowOf(attributes);
    return kernel.length < 3 && dilate.every((step) => step === 1);
  },
  forward({ graph, attributes, inputs, inputShapes }) {
    const plan = planOf(attributes, inputShapes);
    const data = lift(graph, given(inputs[0], "data"), plan);
    const native = nativeAttributes(graph, plan, "MxgraftConvolution");
    if (native) {
      const bias = attributes.no_bias ? graph.constant([]) : given(inputs[2], "bias");
      return [graph.one("MxgraftConvolution", [data, given(inputs[1], "weight"), bias], native)];
    }
    const filters = filtersOf(graph, given(inputs[1], "weight"), plan);
    const convolved = convolve(graph, data, filters, plan);
    if (attributes.no_bias) return [unlift(graph, convolved, plan)];
    const bias = given(inputs[2], "bias");
    return [unlift(graph, graph.one("BiasAdd", [convolved, bias], { data_format: "NHWC" }), plan)];
  },
  pack({ graph, attributes, prepared: [weight, ...bias], inputShapes }) {
    const filters = given(weight, "weight");
    const { plan, batch, sizes } = batchPlanOf(attributes, inputShapes);
    if (!packsFilters(graph, plan)) return [filters, ...bias];
    return [graph.one("MxgraftPackFilter", [filters], { tile: winogradTile(plan, batch, sizes) }), ...bias];
  },
  fused({ graph, attributes, data, prepared: [weight, bias], residual, activation, inputShapes }) {
    const { plan, batch, sizes } = batchPlanOf(attributes, inputShapes);
    if (packsFilters(graph, plan)) {
      const [height = 1, width = 1, , filters = 1] = plan.weight;
      const none = graph.constant([]);
      return graph.one("MxgraftFusedConvolution", [data, given(weight, "weight"), bias ?? none, residual ?? none], {
        strides: plan.strides,
        pads: plan.pads,
        kernel: [height, width],
        filters,
        tile: winogradTile(plan, batch, sizes),
        floor: activation === "relu" ? 0 : Number.NEGATIVE_INFINITY,
      });
    }
    const filters = filtersOf(graph, given(weight, "weight"), plan);
    const convolved = convolve(graph, lift(graph, data, plan), filters, plan);
    const biased = bias ? graph.one("BiasAdd", [convolved, bias], { data_format: "NHWC" }) : convolved;
    return finishFused(graph, unlift(graph, biased, plan), { residual, activation });
  },
  backward({ graph, attributes, inputs, inputShapes, headGradients: [head], wanted }) {
    if (!head) return [];
    const plan = planOf(attributes, inputShapes);
    const native = nativeAttributes(graph, plan, "MxgraftConvolutionGradients");
    if (native) {
      const arrays = [given(inputs[0], "data"), given(inputs[1], "weight"), head];
      const [wantsData = false] = wanted;
      const gradients = graph.node("MxgraftConvolutionGradients", arrays, { ...native, wants_data: wantsData });
      return gradients.map((gradient, i) => (wanted[i] ? gradient : undefined));
    }
    const dy = lift(graph, head, plan);
    const data = () => lift(graph, given(inputs[0], "data"), plan);
    const dx = () => {
      const filters = filtersOf(graph, given(inputs[1], "weight"), plan);
      return unlift(graph, dataGradient(graph, dy, filters, shapeOf(graph, data()), plan), plan);
    };
    return [
      wanted[0] ? dx() : undefined,
      wanted[1] ? weightGradient(graph, data(), dy, plan) : undefined,
      wanted[2] ? graph.one("BiasAddGrad", [dy], { data_format: "NHWC" }) : undefined,
    ];
  },
};
