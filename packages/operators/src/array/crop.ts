import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  required,
  tuple,
} from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  num_args: required(integer({ min: 1, max: 2 }), "1: the size is h_w; 2: that of crop_like"),
  offset: defaulted(tuple, [0, 0], "first row and column"),
  h_w: defaulted(tuple, [0, 0], "rows and columns"),
  center_crop: defaulted(boolean, false, "whether the part is cut out of the middle"),
};

export type CropAttributes = AttributesOf<typeof attributes>;

/** First row and column of the part, for spatial sizes of data and output. */
export function cropOffset({ offset, center_crop }: CropAttributes, data: Shape, output: Shape): Shape {
  return data.map((size, i) => (center_crop ? Math.floor((size - (output[i] ?? 0)) / 2) : (offset[i] ?? 0)));
}

/**
 * Cuts a part out of the rows and columns of images.
 *
 * Shapes: data (N, C, H, W), crop_like (any, any, h, w) when num_args is 2 -> output (N, C, h, w).
 *
 * @throws ShapeError  the part does not lie within the image.
 */
export const crop: OperatorSpec<CropAttributes> = defineOperator({
  name: "Crop",
  attributes,
  countAttribute: "num_args",
  arguments: ({ num_args }) => (num_args === 1 ? ["data"] : ["data", "crop_like"]),
  backwardReads: readsNothing,
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape(attributes, { arguments: [data, like] }) {
    const size = attributes.num_args === 1 ? attributes.h_w : like?.slice(2);
    if (!data || !size) return {};
    const spatial = data.slice(2);
    const offset = cropOffset(attributes, spatial, size);
    const outside = spatial.some((whole, i) => whole > 0 && (offset[i] ?? 0) + (size[i] ?? 0) > whole);
    if (data.length !== 4 || size.length !== 2 || outside || offset.some((start) => start < 0)) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected (N, C, H, W) with room for ${formatShape(size)} from ${formatShape(offset)} on.`,
        { argument: "data", actual: data, expected: size },
      );
    }
    return { outputs: [[...data.slice(0, 2), ...size]] };
  },
});
