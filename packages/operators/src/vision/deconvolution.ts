import { AttributeError, formatShape, type Shape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  oneOf,
  optional,
  required,
  tuple,
} from "@mxgraft/operator";
import { dilatedKernel } from "../nn/convolution.ts";
import { spatialSizes, type Window, windowLayout, windowOf, windowShape } from "../nn/window.ts";

const attributes = {
  kernel: required(tuple, "size of the window, (x), (y, x) or (z, y, x)"),
  stride: defaulted(tuple, [], "step of the window over the output, 1 by default"),
  dilate: defaulted(tuple, [], "distance of the points of the window, 1 by default"),
  pad: defaulted(tuple, [], "rows cut off on both sides of the output, 0 by default"),
  adj: defaulted(tuple, [], "rows added at the end of the output, 0 by default, less than the stride"),
  target_shape: defaulted(tuple, [], "size of the output; decides pad and adj"),
  num_filter: required(integer({ min: 1 }), "channels of the output"),
  num_group: defaulted(integer({ min: 1 }), 1, "groups of channels that do not see each other"),
  workspace: defaulted(integer({ min: 0 }), 512, "MB of memory; not used here"),
  no_bias: defaulted(boolean, true, "whether there is no argument bias"),
  cudnn_tune: defaulted(optional(oneOf("off", "limited_workspace", "fastest")), null, "not used here"),
  cudnn_off: defaulted(boolean, false, "not used here"),
  layout: defaulted(optional(windowLayout), null, "order of the axes of data, weight and output"),
};

export type DeconvolutionAttributes = AttributesOf<typeof attributes>;

/** The window of the convolution that a deconvolution is the transpose of, with the output's sizes. */
export interface DeconvolutionWindow extends Window {
  /** 0 where the size of data is not known. */
  readonly output: Shape;
}

/** Where the windows lie for data of some spatial sizes; `target_shape` decides the padding where it is given. */
export function deconvolutionWindow(attributes: DeconvolutionAttributes, sizes: Shape): DeconvolutionWindow {
  const window = windowOf(attributes);
  const covered = dilatedKernel(window);
  const rank = sizes.length;
  const adj = attributes.adj.length === 0 ? sizes.map(() => 0) : attributes.adj;
  const target = attributes.target_shape.length === rank ? attributes.target_shape : sizes.map(() => 0);
  if (adj.length !== rank || adj.some((rows, i) => rows < 0 || rows >= (window.stride[i] ?? 1))) {
    throw new AttributeError(
      `attribute "adj" is (${attributes.adj.join(", ")}), expected ${rank} numbers less than the stride (${window.stride.join(", ")}).`,
      { argument: "adj", actual: attributes.adj },
    );
  }
  const axes = sizes.map((size, i) => {
    const whole = (window.stride[i] ?? 1) * (size - 1) + (covered[i] ?? 0);
    const wanted = target[i] ?? 0;
    const pad = window.pad[i] ?? 0;
    if (wanted === 0 || size === 0) return { pad, output: size === 0 ? 0 : whole - 2 * pad + (adj[i] ?? 0) };
    const surplus = whole - wanted;
    // What is left over of an odd number goes off at the beginning.
    return { pad: Math.ceil(surplus / 2), output: surplus < 0 ? -1 : wanted };
  });
  return { ...window, pad: axes.map(({ pad }) => pad), output: axes.map(({ output }) => output) };
}

/**
 * Deconvolution, the transpose of Convolution: each number of data adds the weight, times itself, to the output.
 *
 * Shapes (N batch, C channels, O = num_filter, G = num_group, K kernel; layout NCHW and its like):
 *   data    argument  (N, C, H, W)
 *   weight  argument  (C, O/G, K, K)
 *   bias    argument  (O)              not there with `no_bias`, which is the default here
 *   output  output    (N, O, H', W')   H' = stride (H - 1) + dilate (K - 1) + 1 - 2 pad + adj
 *
 * @throws AttributeError  attributes of different lengths, `adj` not less than the stride, or `num_filter` is no multiple
 *                         of `num_group`.
 * @throws ShapeError      `data` has the wrong number of axes or channels, or `target_shape` is too big.
 */
export const deconvolution: OperatorSpec<DeconvolutionAttributes> = defineOperator({
  name: "Deconvolution",
  aliases: ["_npx_deconvolution"],
  attributes,
  arguments: ({ no_bias }) => (no_bias ? ["data", "weight"] : ["data", "weight", "bias"]),
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape(attributes, known) {
    const { kernel, channelsLast } = windowOf(attributes);
    const { num_filter, num_group, no_bias } = attributes;
    const bias = no_bias ? [] : [[num_filter]];
    if (num_filter % num_group !== 0) {
      throw new AttributeError(
        `attribute "num_filter" is ${num_filter}, expected a multiple of "num_group", ${num_group}.`,
        {
          argument: "num_filter",
          expected: num_group,
          actual: num_filter,
        },
      );
    }
    const data = known.arguments[0];
    if (data === undefined) return { arguments: [undefined, undefined, ...bias] };
    const channels = (channelsLast ? data.at(-1) : data[1]) ?? 0;
    if (data.length !== kernel.length + 2 || channels % num_group !== 0) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected ${kernel.length + 2} axes for kernel ${formatShape(kernel)} and a number of channels that "num_group", ${num_group}, divides.`,
        { argument: "data", expected: kernel.length + 2, actual: data },
      );
    }
    const sizes = spatialSizes(data, channelsLast);
    const { output } = deconvolutionWindow(attributes, sizes);
    if (output.some((size, i) => (sizes[i] ?? 0) > 0 && size < 1)) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, too small for "pad" or "target_shape" of the output.`,
        { argument: "data", actual: data },
      );
    }
    const batch = data[0] || known.outputs[0]?.[0] || 0;
    return {
      arguments: [
        windowShape(batch, channels, sizes, channelsLast),
        windowShape(channels, num_filter / num_group, kernel, channelsLast),
        ...bias,
      ],
      outputs: [windowShape(batch, num_filter, output, channelsLast)],
    };
  },
});
