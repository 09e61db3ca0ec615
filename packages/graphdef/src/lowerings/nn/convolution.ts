import type { Shape } from "@mxgraft/base";
import type { GraphAttribute, GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { type ConvolutionAttributes, type Window, windowOf } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, shapeOf } from "../shapes.ts";
import { finishFused } from "./finish-fused.ts";

// Memory: data and output (N, H, W, C), weight (kernel, C / groups, O); over one axis (N, W, C) and (k, C / groups, O).

/** How a convolution over two axes is computed. */
interface Plan {
  readonly attributes: Readonly<Record<string, GraphAttribute>>;
  readonly strides: readonly number[];
  /** Rows of zeros before and behind each axis. */
  readonly pads: readonly number[];
  /** Convolutions that do not see each other. */
  readonly groups: number;
  /** Every input channel has output channels of its own: filters (kernel, C, O / C). */
  readonly isDepthwise: boolean;
  /** Shape of the weight in memory. */
  readonly weight: readonly number[];
  /** There is one spatial axis, which becomes the second of two. */
  readonly isLifted: boolean;
}

function planOf(attributes: ConvolutionAttributes, inputShapes: readonly Shape[]): Plan {
  const data = given(inputShapes[0], "the shape of data");
  const window = windowOf(attributes);
  const isLifted = window.kernel.length === 1;
  const { kernel, stride, pad, dilate } = isLifted ? lifted(window) : window;
  const groups = attributes.num_group;
  const channels = given(window.channelsLast ? data.at(-1) : data[1], "the number of channels");
  const isDepthwise = groups > 1 && groups === channels && stride[0] === stride[1];
  const spatial = window.channelsLast ? data.slice(1, -1) : data.slice(2);
  const outputs = attributes.num_filter;
  const inner = isDepthwise ? [channels, outputs / channels] : [channels / groups, outputs];
  const sizes = isLifted ? [1, ...spatial] : spatial;
  const padding: Readonly<Record<string, GraphAttribute>> = pad.every((rows) => rows === 0)
    ? { padding: "VALID" }
    : isDepthwise && isSame(sizes, { kernel, stride, pad })
      ? { padding: "SAME" }
      : { padding: "EXPLICIT", explicit_paddings: [0, 0, ...pad.flatMap((rows) => [rows, rows]), 0, 0] };
  return {
    attributes: { strides: [1, ...stride, 1], dilations: [1, ...dilate, 1], data_format: "NHWC", ...padding },
    strides: stride,
    pads: pad,
    groups: isDepthwise ? 1 : groups,
    isDepthwise,
    weight: [...kernel, ...inner],
    isLifted,
  };
}

/** Whether TensorFlow pads alike by itself, so that every input row has its output. */
function isSame(sizes: Shape, { kernel, stride, pad }: Pick<Window, "kernel" | "stride" | "pad">): boolean {
  return sizes.every((size, i) => {
    const step = stride[i] ?? 1;
    const total = (Math.ceil(size / step) - 1) * step + (kernel[i] ?? 1) - size;
    return Math.max(0, total) === 2 * (pad[i] ?? 0);
  });
}

/** A window over one axis as one over two, of which the first has size 1. Equal strides fit depthwise operators. */
function lifted({ kernel, stride, dilate, pad }: Window): Pick<Window, "kernel" | "stride" | "dilate" | "pad"> {
  return { kernel: [1, ...kernel], stride: [...stride, ...stride], dilate: [1, ...dilate], pad: [0, ...pad] };
}

function lift(graph: GraphBuilder, x: GraphValue, { isLifted }: Plan): GraphValue {
  return isLifted ? graph.one("ExpandDims", [x, graph.constant(1, "int32")]) : x;
}

function unlift(graph: GraphBuilder, x: GraphValue, { isLifted }: Plan): GraphValue {
  return isLifted ? graph.one("Squeeze", [x], { squeeze_dims: [1] }) : x;
}

/** The weight as filters of the plan. */
function filtersOf(
  graph: GraphBuilder,
  weight: GraphValue,
  { isLifted, isDepthwise, weight: shape }: Plan,
): GraphValue {
  return isLifted || isDepthwise ? graph.one("Reshape", [weight, integers(graph, shape)]) : weight;
}

/** Computes group by group, each with its part of the channels of both values. */
function byGroup(
  graph: GraphBuilder,
  groups: number,
  [a, b]: readonly [GraphValue, GraphValue],
  compute: (a: GraphValue, b: GraphValue) => GraphValue,
): GraphValue {
  if (groups === 1) return compute(a, b);
  const last = graph.constant(3, "int32");
  const split = (x: GraphValue) => graph.node("Split", [last, x], { num_split: groups });
  const others = split(b);
  const parts = split(a).map((part, i) => compute(part, given(others[i], "the other part")));
  return graph.one("ConcatV2", [parts, last]);
}

/**
 * Convolves with filters of the plan. TensorFlow's optimizer fuses a depthwise convolution with what follows, but forgets
 * its explicit padding and ends the process over it, so there the zeros are put around the data first.
 */
function convolve(graph: GraphBuilder, x: GraphValue, filters: GraphValue, plan: Plan): GraphValue {
  const { explicit_paddings: rows, ...others } = plan.attributes;
  if (!plan.isDepthwise || !Array.isArray(rows)) {
    return byGroup(graph, plan.groups, [x, filters], (part, filter) =>
      graph.one(forwardName(plan), [part, filter], plan.attributes),
    );
  }
  const padded = graph.one("PadV2", [x, graph.constant(rows.map(Number), "int32", [4, 2]), graph.constant(0)]);
  return graph.one(forwardName(plan), [padded, filters], { ...others, padding: "VALID" });
}

const forwardName = ({ isDepthwise }: Plan) => (isDepthwise ? "DepthwiseConv2dNative" : "Conv2D");

/**
 * Up to how many channels and filters the native operators are faster than oneDNN's, which compute blocks of 16
 * channels: measured with 1 to 512 channels, kernels of 1 to 7 points, batches of 1 to 100 on two cores.
 */
const MOST_NATIVE = { MxgraftConvolution: [48, 56], MxgraftConvolutionGradients: [128, 128] } as const;

/** The attributes of a native operator, if it is there and the faster one. */
function nativeAttributes(
  graph: GraphBuilder,
  { strides, pads, weight, groups, isDepthwise, isLifted }: Plan,
  operator: keyof typeof MOST_NATIVE,
) {
  if (groups > 1 || isDepthwise || isLifted || !graph.offers(operator)) return undefined;
  const [, , channels = 1, filters = 1] = weight;
  const [mostChannels, mostFilters] = MOST_NATIVE[operator];
  return channels <= mostChannels && filters <= mostFilters ? { strides, pads } : undefined;
}

/** Whether an evaluation takes the native operator, which reads filters in an order of its own. */
function packsFilters(graph: GraphBuilder, { groups, isDepthwise, isLifted }: Plan): boolean {
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
    const packs = packsFilters(graph, planOf(attributes, inputShapes));
    return [packs ? graph.one("MxgraftPackFilter", [filters]) : filters, ...bias];
  },
  fused({ graph, attributes, data, prepared: [weight, bias], residual, activation, inputShapes }) {
    const plan = planOf(attributes, inputShapes);
    if (packsFilters(graph, plan)) {
      const [height = 1, width = 1, , filters = 1] = plan.weight;
      const none = graph.constant([]);
      return graph.one("MxgraftFusedConvolution", [data, given(weight, "weight"), bias ?? none, residual ?? none], {
        strides: plan.strides,
        pads: plan.pads,
        kernel: [height, width],
        filters,
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
    const name = forwardName(plan);
    const dx = () => {
      const sizes = shapeOf(graph, lift(graph, given(inputs[0], "data"), plan));
      const filters = filtersOf(graph, given(inputs[1], "weight"), plan);
      const part = plan.groups === 1 ? sizes : groupSizes(graph, sizes, plan);
      const gradient = byGroup(graph, plan.groups, [dy, filters], (own, filter) =>
        graph.one(`${name}BackpropInput`, [part, filter, own], plan.attributes),
      );
      return unlift(graph, gradient, plan);
    };
    const dw = () => {
      const [kernel0 = 1, kernel1 = 1, inner = 1, outer = 1] = plan.weight;
      const sizes = integers(graph, [kernel0, kernel1, inner, outer / plan.groups]);
      const data = lift(graph, given(inputs[0], "data"), plan);
      const gradient = byGroup(graph, plan.groups, [data, dy], (x, own) =>
        graph.one(`${name}BackpropFilter`, [x, sizes, own], plan.attributes),
      );
      if (!plan.isLifted && !plan.isDepthwise) return gradient;
      const kernel = plan.isLifted ? [kernel1] : [kernel0, kernel1];
      const channels = plan.isDepthwise ? [1, inner * outer] : [inner, outer];
      return graph.one("Reshape", [gradient, integers(graph, [...kernel, ...channels])]);
    };
    return [
      wanted[0] ? dx() : undefined,
      wanted[1] ? dw() : undefined,
      wanted[2] ? graph.one("BiasAddGrad", [dy], { data_format: "NHWC" }) : undefined,
    ];
  },
};

/** The sizes of the data of one group. */
function groupSizes(graph: GraphBuilder, sizes: GraphValue, { weight }: Plan): GraphValue {
  const outer = graph.one("Slice", [sizes, integers(graph, [0]), integers(graph, [3])]);
  return graph.one("ConcatV2", [[outer, integers(graph, [weight[2] ?? 1])], graph.constant(0, "int32")]);
}
