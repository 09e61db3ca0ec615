import { formatShape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
  required,
} from "@mxgraft/operator";
import { sizePair } from "./pair.ts";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  pooled_size: required(sizePair, "height and width of the output"),
  spatial_scale: required(real, "size of data / size of the image"),
  sample_ratio: defaulted(integer(), -1, "samples along each axis of a bin; as many as it has rows when not positive"),
  position_sensitive: defaulted(boolean, false, "whether each bin has channels of its own"),
  aligned: defaulted(boolean, false, "whether pixels are taken to be centered at half numbers"),
};

export type ROIAlignAttributes = AttributesOf<typeof attributes>;

/**
 * The part of a feature map inside of each box, brought to one size by the mean of interpolated samples in each bin.
 *
 * Shapes (N batch, R boxes, P x Q = pooled_size):
 *   data    argument  (N, C, H, W)
 *   rois    argument  (R, 5)        image, x1, y1, x2, y2 in pixels; an image of -1 gives 0; no gradient
 *   output  output    (R, C, P, Q); `position_sensitive` (R, C / (P Q), P, Q)
 *
 * @throws ShapeError  `data` has not four axes, `rois` is not (R, 5), or P Q does not divide C, `position_sensitive`.
 * @see He et al., Mask R-CNN, ICCV 2017.
 */
export const roiAlign: OperatorSpec<ROIAlignAttributes> = defineOperator({
  name: "_contrib_ROIAlign",
  attributes,
  arguments: ["data", "rois"],
  backwardReads: () => ({ arguments: [1], outputs: [] }),
  inferShape({ pooled_size, position_sensitive }, known) {
    const [data, rois] = known.arguments;
    requireAxes("data", data, MAP_AXES);
    requireAxes("rois", rois, "(box, 5)");
    const bins = position_sensitive ? pooled_size.reduce((a, b) => a * b, 1) : 1;
    const channels = (data?.[1] ?? 0) / bins;
    if (!Number.isInteger(channels)) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected a number of channels that the ${bins} bins of "pooled_size" divide.`,
        { argument: "data", expected: bins, actual: data },
      );
    }
    return {
      arguments: [data, [rois?.[0] ?? 0, 5]],
      outputs: [[rois?.[0] ?? 0, channels, ...pooled_size]],
    };
  },
});
