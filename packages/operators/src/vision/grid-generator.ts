import { AttributeError } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  type OperatorSpec,
  oneOf,
  required,
  tuple,
} from "@mxgraft/operator";
import { requireAxes } from "./require-axes.ts";

const attributes = {
  transform_type: required(oneOf("affine", "warp"), "the kind of transformation"),
  target_shape: defaulted(tuple, [0, 0], "height and width of the grid, for affine"),
};

export type GridGeneratorAttributes = AttributesOf<typeof attributes>;

/**
 * The places from which BilinearSampler reads, -1 and 1 the edges of its data.
 *
 *   affine  (x, y) = A (x', y', 1), x' and y' from -1 to 1 over the grid
 *   warp    (x, y) = (pixel + data) brought to -1..1
 *
 * Shapes (N batch, P x Q = target_shape):
 *   data    argument  (N, 6): A row by row; or, for warp, (N, 2, H, W): how far x and y move, in pixels
 *   output  output    (N, 2, P, Q): x and y; for warp (N, 2, H, W)
 *
 * @throws AttributeError  `target_shape` is missing for affine.
 * @throws ShapeError      `data` has another number of axes.
 */
export const gridGenerator: OperatorSpec<GridGeneratorAttributes> = defineOperator({
  name: "GridGenerator",
  attributes,
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape({ transform_type, target_shape }, known) {
    const [data] = known.arguments;
    if (transform_type === "warp") {
      requireAxes("data", data, "(batch, 2, y, x)");
      return data ? { outputs: [data] } : {};
    }
    if (target_shape.length !== 2 || target_shape.some((size) => size < 1)) {
      throw new AttributeError(
        `attribute "target_shape" is (${target_shape.join(", ")}), expected two integers >= 1 such as "(28, 28)" for transform_type "affine".`,
        { argument: "target_shape", actual: target_shape },
      );
    }
    requireAxes("data", data, "(batch, 6)");
    const batch = data?.[0] || known.outputs[0]?.[0] || 0;
    return { arguments: [[batch, 6]], outputs: [[batch, 2, ...target_shape]] };
  },
});
