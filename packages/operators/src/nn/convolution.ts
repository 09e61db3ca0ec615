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
import { spatialSizes, type Window, windowLayout, windowOf, windowShape } from "./window.ts";

const attributes = {
  kernel: required(tuple, "size of the window, (x), (y, x) or (z, y, x)"),
  stride: defaulted(tuple, [], "step of the window, 1 by default"),
  dilate: defaulted(tuple, [], "distance of the points of the window, 1 by default"),
  pad: defaulted(tuple, [], "zeros on both sides of each axis, 0 by default"),
  num_filter: required(integer({ min: 1, max: 100000 }), "channels of the output"),
  num_group: defaulted(integer({ min: 1 }), 1, "groups of channels that do not see each other"),
  workspace: defaulted(integer({ min: 0 }), 1024, "MB of memory; not used here"),
  no_bias: defaulted(boolean, false, "whether there is no argument bias"),
  cudnn_tune: defaulted(optional(oneOf("off", "limited_workspace", "fastest")), null, "not used here"),
  cudnn_off: defaulted(boolean, false, "not used here"),
  layout: defaulted(optional(windowLayout), null, "order of the axes of data, weight and output"),
};

export type ConvolutionAttributes = AttributesOf<typeof attributes>;

/** Points that a window covers along each axis, dilation counted. */
export function dilatedKernel({ kernel, dilate }: Window): Shape {
  return kernel.map((size, i) => (size - 1) * (dilate[i] ?? 1) + 1);
}

function checkGroups({ num_filter, num_group }: ConvolutionAttributes, channels: number, data: Shape): void {
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
  if (channels % num_group !== 0) {
    throw new ShapeError(
      `argument "data" has shape ${formatShape(data)}, expected a number of channels that "num_group", ${num_group}, divides.`,
      { argument: "data", expected: num_group, actual: data },
    );
  }
}

const AXES = ["(batch, channel, x)", "(batch, channel, y, x)", "(batch, channel, z, y, x)"];

/** The specification of Convolution under one of its names. */
function defineConvolution(name: string, aliases: readonly string[]): OperatorSpec<ConvolutionAttributes> {
  return defineOperator<ConvolutionAttributes>({
    name,
    aliases,
    attributes,
    arguments: ({ no_bias }) => (no_bias ? ["data", "weight"] : ["data", "weight", "bias"]),
    backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
    inferShape(attributes, known) {
      const window = windowOf(attributes);
      const { kernel, stride, pad, channelsLast } = window;
      const { num_filter, num_group, no_bias } = attributes;
      const bias = no_bias ? [] : [[num_filter]];
      const data = known.arguments[0];
      if (data === undefined) return { arguments: [undefined, undefined, ...bias] };
      if (data.length !== kernel.length + 2) {
        throw new ShapeError(
          `argument "data" has shape ${formatShape(data)}, expected ${kernel.length + 2} axes ${AXES[kernel.length - 1]} for kernel ${formatShape(kernel)}.`,
          { argument: "data", expected: kernel.length + 2, actual: data },
        );
      }
      const channels = (channelsLast ? data.at(-1) : data[1]) ?? 0;
      checkGroups(attributes, channels, data);
      const covered = dilatedKernel(window);
      const output = known.outputs[0];
      const outputSizes = output?.length === data.length ? spatialSizes(output, channelsLast) : [];
      // MXNet works the input size out of the output's where every input row is used: stride 1.
      const sizes = spatialSizes(data, channelsLast).map((size, i) => {
        const produced = outputSizes[i] ?? 0;
        if (size > 0 || produced === 0 || stride[i] !== 1) return size;
        return produced + (covered[i] ?? 0) - 1 - 2 * (pad[i] ?? 0);
      });
      const padded = sizes.map((size, i) => size + 2 * (pad[i] ?? 0));
      if (sizes.some((size, i) => size > 0 && (covered[i] ?? 0) > (padded[i] ?? 0))) {
        throw new ShapeError(
          `argument "data" has shape ${formatShape(data)}, smaller with its padding, ${formatShape(padded)}, than the kernel ${formatShape(covered)}.`,
          { argument: "data", expected: covered, actual: data },
        );
      }
      const batch = data[0] || output?.[0] || 0;
      const convolved = sizes.map((size, i) =>
        size === 0 ? 0 : Math.floor(((padded[i] ?? 0) - (covered[i] ?? 0)) / (stride[i] ?? 1)) + 1,
      );
      return {
        arguments: [
          windowShape(batch, channels, sizes, channelsLast),
          windowShape(num_filter, channels / num_group, kernel, channelsLast),
          ...bias,
        ],
        outputs: [windowShape(batch, num_filter, convolved, channelsLast)],
      };
    },
  });
}

/**
 * Convolution over one, two or three spatial axes (the sum of products, not mirrored).
 *
 *   output[n, o, y, x] = bias[o] + sum over c, j, i of
 *                        data[n, c, y*stride - pad + j*dilate, x*stride - pad + i*dilate] * weight[o, c, j, i]
 *
 * Shapes (N batch, C channels, O = num_filter, G = num_group, K kernel; layout NCHW and its like):
 *   data    argument  (N, C, H, W)
 *   weight  argument  (O, C/G, K, K)
 *   bias    argument  (O)              not there with `no_bias`
 *   output  output    (N, O, H', W')   H' = floor((H + 2 pad - dilate (K - 1) - 1) / stride) + 1
 * With a layout that ends in C the weight is (O, K, K, C/G).
 *
 * @throws AttributeError  attributes of different lengths, or `num_filter` is no multiple of `num_group`.
 * @throws ShapeError      `data` has the wrong number of axes or is smaller than the kernel.
 */
export const convolution: OperatorSpec<ConvolutionAttributes> = defineConvolution("Convolution", ["_npx_convolution"]);

/** Convolution as MXNet kept it for old graphs; the same computation. */
export const convolutionV1: OperatorSpec<ConvolutionAttributes> = defineConvolution("Convolution_v1", []);
