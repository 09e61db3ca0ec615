import { AttributeError, formatShape, ShapeError } from "@mxgraft/base";
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
import { windowOf } from "../nn/window.ts";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  kernel: required(tuple, "size of the window, (y, x)"),
  stride: defaulted(tuple, [], "step of the window, 1 by default"),
  dilate: defaulted(tuple, [], "distance of the points of the window, 1 by default"),
  pad: defaulted(tuple, [], "rows on both sides of each axis, 0 by default"),
  num_filter: required(integer({ min: 1 }), "channels of the output"),
  num_group: defaulted(integer({ min: 1 }), 1, "groups of channels that do not see each other"),
  num_deformable_group: defaulted(integer({ min: 1 }), 1, "groups of channels with offsets of their own"),
  workspace: defaulted(integer({ min: 0 }), 1024, "MB of memory; not used here"),
  no_bias: defaulted(boolean, false, "whether there is no argument bias"),
  im2col_step: defaulted(integer({ min: 1 }), 64, "images at a time; not used here"),
  layout: defaulted(optional(oneOf("NCW", "NCHW", "NCDHW")), null, "order of the axes; NCHW"),
};

/** Attributes of both convolutions at places that are part of the input. */
export type DeformableConvolutionAttributes = AttributesOf<typeof attributes>;

/** The arguments, in order: with a mask, the points of the window have weights of their own. */
export function deformableArguments(masked: boolean, { no_bias }: DeformableConvolutionAttributes): string[] {
  return ["data", "offset", ...(masked ? ["mask"] : []), "weight", ...(no_bias ? [] : ["bias"])];
}

/** The specification of a convolution whose window is bent by offsets. */
export function deformableConvolution(name: string, masked: boolean): OperatorSpec<DeformableConvolutionAttributes> {
  return defineOperator<DeformableConvolutionAttributes>({
    name,
    attributes,
    arguments: (given) => deformableArguments(masked, given),
    backwardReads: () => ({ arguments: masked ? [0, 1, 2, 3] : [0, 1, 2], outputs: [] }),
    inferShape(given, known) {
      const { kernel, stride, dilate, pad } = windowOf(given);
      const { num_filter, num_group, num_deformable_group, no_bias } = given;
      if (kernel.length !== 2) {
        throw new AttributeError(`attribute "kernel" is ${formatShape(kernel)}, expected two numbers such as (3, 3).`, {
          argument: "kernel",
          actual: kernel,
        });
      }
      const data = known.arguments[0];
      requireAxes("data", data, MAP_AXES);
      if (!data) return {};
      const [batch = 0, channels = 0, ...spatial] = data;
      if (channels % num_group !== 0 || channels % num_deformable_group !== 0 || num_filter % num_group !== 0) {
        throw new ShapeError(
          `argument "data" has shape ${formatShape(data)} and "num_filter" is ${num_filter}, expected multiples of "num_group", ${num_group}, and for data of "num_deformable_group", ${num_deformable_group}.`,
          { argument: "data", expected: num_group, actual: data },
        );
      }
      const points = (kernel[0] ?? 1) * (kernel[1] ?? 1);
      const sizes = spatial.map((size, i) => {
        const covered = ((kernel[i] ?? 1) - 1) * (dilate[i] ?? 1) + 1;
        return size === 0 ? 0 : Math.floor((size + 2 * (pad[i] ?? 0) - covered) / (stride[i] ?? 1)) + 1;
      });
      return {
        arguments: [
          data,
          [batch, 2 * num_deformable_group * points, ...sizes],
          ...(masked ? [[batch, num_deformable_group * points, ...sizes]] : []),
          [num_filter, channels / num_group, ...kernel],
          ...(no_bias ? [] : [[num_filter]]),
        ],
        outputs: [[batch, num_filter, ...sizes]],
      };
    },
  });
}
