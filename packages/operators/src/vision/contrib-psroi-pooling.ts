import { formatShape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
  required,
} from "@mxgraft/operator";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  spatial_scale: required(real, "size of data / size of the image"),
  output_dim: required(integer({ min: 1 }), "channels of the output"),
  pooled_size: required(integer({ min: 1 }), "height and width of the output"),
  group_size: defaulted(integer({ min: 0 }), 0, "parts of an axis with channels of their own; `pooled_size` at 0"),
};

export type PSROIPoolingAttributes = AttributesOf<typeof attributes>;

/**
 * The mean of each bin of a box, where each bin reads channels of its own (Dai et al., arXiv 1605.06409).
 *
 * Shapes (N batch, R boxes, D = output_dim, P = pooled_size, G = group_size):
 *   data    argument  (N, D G G, H, W)
 *   rois    argument  (R, 5)        image, x1, y1, x2, y2 in pixels; no gradient
 *   output  output    (R, D, P, P)  0 for an empty bin
 *
 * @throws ShapeError  `data` has not four axes or D G G channels, or `rois` is not (R, 5).
 */
export const psROIPooling: OperatorSpec<PSROIPoolingAttributes> = defineOperator({
  name: "_contrib_PSROIPooling",
  attributes,
  arguments: ["data", "rois"],
  backwardReads: () => ({ arguments: [1], outputs: [] }),
  inferShape({ output_dim, pooled_size, group_size }, known) {
    const [data, rois] = known.arguments;
    requireAxes("data", data, MAP_AXES);
    requireAxes("rois", rois, "(box, 5)");
    const channels = output_dim * (group_size || pooled_size) ** 2;
    if (data?.[1] && data[1] !== channels) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected ${channels} channels: "output_dim" for each of the groups.`,
        { argument: "data", expected: channels, actual: data },
      );
    }
    const boxes = rois?.[0] ?? 0;
    return {
      arguments: [data?.with(1, channels), [boxes, 5]],
      outputs: [[boxes, output_dim, pooled_size, pooled_size]],
    };
  },
});
