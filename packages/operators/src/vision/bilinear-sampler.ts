import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, optional } from "@mxgraft/operator";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  cudnn_off: defaulted(optional(boolean), null, "not used here"),
};

export type BilinearSamplerAttributes = AttributesOf<typeof attributes>;

/**
 * Reads data at the places of a grid, between its pixels by linear interpolation; beyond its edges it is 0.
 *
 * Shapes (N batch):
 *   data    argument  (N, C, H, W)
 *   grid    argument  (N, 2, P, Q)  x and y, -1 and 1 the first and last pixel
 *   output  output    (N, C, P, Q)
 *
 * @throws ShapeError  `data` or `grid` has not four axes.
 */
export const bilinearSampler: OperatorSpec<BilinearSamplerAttributes> = defineOperator({
  name: "BilinearSampler",
  attributes,
  arguments: ["data", "grid"],
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape(_, known) {
    const [data, grid] = known.arguments;
    requireAxes("data", data, MAP_AXES);
    requireAxes("grid", grid, "(batch, 2, y, x)");
    const batch = data?.[0] || grid?.[0] || 0;
    return {
      arguments: [data && [batch, ...data.slice(1)], grid && [batch, 2, ...grid.slice(2)]],
      outputs: [[batch, data?.[1] ?? 0, grid?.[2] ?? 0, grid?.[3] ?? 0]],
    };
  },
});
