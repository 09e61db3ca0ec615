import { AttributeError, formatShape, mergeShapes, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, boolean, defaulted, defineOperator, integer, type OperatorSpec } from "@mxgraft/operator";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  kernel_size: defaulted(integer({ min: 1 }), 1, "height and width of a patch, an odd number"),
  max_displacement: defaulted(integer({ min: 0 }), 1, "how far apart two patches are at most"),
  stride1: defaulted(integer({ min: 1 }), 1, "distance of the patches of data1"),
  stride2: defaulted(integer({ min: 1 }), 1, "distance of the patches of data2 around one of data1"),
  pad_size: defaulted(integer({ min: 0 }), 0, "zeros on all sides of both"),
  is_multiply: defaulted(boolean, true, "whether patches are multiplied; otherwise their difference counts"),
};

export type CorrelationAttributes = AttributesOf<typeof attributes>;

/** Height and width of the output for those of the data; 0 for a size that is not known. */
function outputSizes({ kernel_size, max_displacement, stride1, pad_size }: CorrelationAttributes, sizes: Shape): Shape {
  const border = max_displacement + (kernel_size - 1) / 2;
  return sizes.map((size) => (size === 0 ? 0 : Math.ceil((size + 2 * pad_size - 2 * border) / stride1)));
}

/** Displacements along one axis, `stride2` apart, up to `max_displacement` in both directions. */
export function displacements({ max_displacement, stride2 }: CorrelationAttributes): number[] {
  const radius = Math.floor(max_displacement / stride2);
  return Array.from({ length: 2 * radius + 1 }, (_, i) => (i - radius) * stride2);
}

/**
 * How alike the patches of two feature maps are, for every place of the first and every displacement.
 *
 *   output[n, q, i, j] = mean over channels and patch of data1[place] * data2[place + displacement q]
 *   (with `is_multiply` false: of |data1[place] - data2[place + displacement q]|)
 *
 * Shapes (N batch, D = displacements along one axis):
 *   data1   argument  (N, C, H, W)
 *   data2   argument  (N, C, H, W)
 *   output  output    (N, D D, H', W')  H' = ceil((H + 2 pad - 2 (max_displacement + (kernel - 1) / 2)) / stride1)
 *
 * @throws AttributeError  `kernel_size` is even.
 * @throws ShapeError      the data have not four axes, or are smaller than patch and displacement.
 * @see Dosovitskiy et al., FlowNet, ICCV 2015.
 */
export const correlation: OperatorSpec<CorrelationAttributes> = defineOperator({
  name: "Correlation",
  attributes,
  arguments: ["data1", "data2"],
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape(attributes, known) {
    const { kernel_size } = attributes;
    if (kernel_size % 2 === 0) {
      throw new AttributeError(`attribute "kernel_size" is ${kernel_size}, expected an odd number.`, {
        argument: "kernel_size",
        actual: kernel_size,
      });
    }
    const [first, second] = known.arguments;
    requireAxes("data1", first, MAP_AXES);
    requireAxes("data2", second, MAP_AXES);
    const data = mergeShapes(first, second) ?? first;
    if (data === undefined) return {};
    const sizes = data.slice(2);
    const output = outputSizes(attributes, sizes);
    if (output.some((size, i) => size < 1 && (sizes[i] ?? 0) > 0)) {
      throw new ShapeError(
        `argument "data1" has shape ${formatShape(data)}, too small for "kernel_size" ${kernel_size} and "max_displacement" ${attributes.max_displacement}.`,
        { argument: "data1", actual: data },
      );
    }
    return {
      arguments: [data, data],
      outputs: [[data[0] ?? 0, displacements(attributes).length ** 2, ...output]],
    };
  },
});
