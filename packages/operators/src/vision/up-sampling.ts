import { AttributeError, formatShape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  oneOf,
  type PartialShapes,
  required,
} from "@mxgraft/operator";
import type { DeconvolutionWindow } from "./deconvolution.ts";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  scale: required(integer({ min: 1 }), "size of the output / size of the first argument"),
  num_filter: defaulted(integer(), 0, "channels, for bilinear"),
  sample_type: required(oneOf("nearest", "bilinear"), "how the new pixels are filled"),
  multi_input_mode: defaulted(oneOf("concat", "sum"), "concat", "how several arguments come together, for nearest"),
  num_args: required(integer({ min: 1 }), "number of arguments; 2 for bilinear"),
  workspace: defaulted(integer({ min: 0 }), 512, "MB of memory; not used here"),
};

export type UpSamplingAttributes = AttributesOf<typeof attributes>;

/** Rows and columns of the weight of bilinear upsampling. */
function upSamplingKernel(scale: number): number {
  return 2 * scale - (scale % 2);
}

/** The deconvolution of each channel that bilinear upsampling is, for data of a height and width. */
export function upSamplingWindow({ scale }: UpSamplingAttributes, height: number, width: number): DeconvolutionWindow {
  const both = (size: number) => [size, size];
  return {
    kernel: both(upSamplingKernel(scale)),
    stride: both(scale),
    dilate: both(1),
    pad: both(Math.ceil((scale - 1) / 2)),
    channelsLast: false,
    output: [height * scale, width * scale],
  };
}

function nearestShape({ scale, multi_input_mode }: UpSamplingAttributes, known: PartialShapes): Partial<PartialShapes> {
  const [first] = known.arguments;
  if (first === undefined) return {};
  for (const [i, shape] of known.arguments.entries()) requireAxes(`arg${i}`, shape, MAP_AXES);
  const sizes = first.slice(2).map((size) => size * scale);
  for (const [i, shape] of known.arguments.entries()) {
    if (shape?.slice(2).every((size, axis) => size === 0 || (sizes[axis] ?? 0) % size === 0) ?? true) continue;
    throw new ShapeError(
      `argument "arg${i}" has shape ${formatShape(shape)}, expected sizes that divide those of the output, ${formatShape(sizes)}.`,
      { argument: `arg${i}`, expected: sizes, actual: shape },
    );
  }
  const channels = known.arguments.map((shape) => shape?.[1] ?? 0);
  const all = channels.includes(0) ? 0 : channels.reduce((sum, count) => sum + count, 0);
  return { outputs: [[first[0] ?? 0, multi_input_mode === "sum" ? (channels[0] ?? 0) : all, ...sizes]] };
}

/**
 * Makes feature maps larger by a whole factor.
 *
 *   nearest   every pixel is repeated; several arguments are brought to one size and put side by side or added
 *   bilinear  a deconvolution of each channel with a weight of its own, which initializers fill with a tent
 *
 * Shapes (S = scale, K = 2 S - S mod 2):
 *   arg0...  argument  (N, C, H, W), with a size that divides S H x S W after the first   nearest
 *   data     argument  (N, C, H, W)                                                      bilinear
 *   weight   argument  (C, 1, K, K)                                                      bilinear
 *   output   output    (N, C, S H, S W)   C of all arguments together for concat
 *
 * @throws AttributeError  `num_args` is not 2 for bilinear.
 * @throws ShapeError      an argument has not four axes, or its size does not divide the output's.
 */
export const upSampling: OperatorSpec<UpSamplingAttributes> = defineOperator({
  name: "UpSampling",
  attributes,
  arguments: ({ sample_type, num_args }) =>
    sample_type === "nearest" ? Array.from({ length: num_args }, (_, i) => `arg${i}`) : ["data", "weight"],
  countAttribute: "num_args",
  backwardReads: ({ sample_type }) => ({ arguments: sample_type === "nearest" ? [] : [0, 1], outputs: [] }),
  inferShape(attributes, known) {
    const { sample_type, num_args, scale } = attributes;
    if (sample_type === "nearest") return nearestShape(attributes, known);
    if (num_args !== 2) {
      throw new AttributeError(`attribute "num_args" is ${num_args}, expected 2 for sample_type "bilinear".`, {
        argument: "num_args",
        expected: 2,
        actual: num_args,
      });
    }
    const [data] = known.arguments;
    if (data === undefined) return {};
    requireAxes("data", data, MAP_AXES);
    const [batch = 0, channels = 0, height = 0, width = 0] = data;
    const kernel = upSamplingKernel(scale);
    return {
      arguments: [data, [channels, 1, kernel, kernel]],
      outputs: [[batch, channels, height * scale, width * scale]],
    };
  },
});
