import { type AttributesOf, defineOperator, type OperatorSpec, real, required } from "@mxgraft/operator";
import { sizePair } from "./pair.ts";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  pooled_size: required(sizePair, "height and width of the output"),
  spatial_scale: required(real, "size of data / size of the image"),
};

export type ROIPoolingAttributes = AttributesOf<typeof attributes>;

/**
 * The part of a feature map inside of each box, brought to one size by the maximum of each bin.
 *
 * Shapes (N batch, R boxes, P x Q = pooled_size):
 *   data    argument  (N, C, H, W)
 *   rois    argument  (R, 5)        image, x1, y1, x2, y2 in pixels; no gradient
 *   output  output    (R, C, P, Q)  0 for an empty bin or an image that is not there
 *   maxidx  output    (R, C, P, Q)  hidden: where in data the maximum is, the first of equal ones; -1 for none
 *
 * @throws ShapeError  `data` has not four axes, or `rois` is not (R, 5).
 */
export const roiPooling: OperatorSpec<ROIPoolingAttributes> = defineOperator({
  name: "ROIPooling",
  aliases: ["_npx_roi_pooling"],
  attributes,
  arguments: ["data", "rois"],
  outputs: ["output", "maxidx"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [], outputs: [1] }),
  inferShape({ pooled_size }, known) {
    const [data, rois] = known.arguments;
    requireAxes("data", data, MAP_AXES);
    requireAxes("rois", rois, "(box, 5)");
    const output = [rois?.[0] ?? 0, data?.[1] ?? 0, ...pooled_size];
    return { arguments: [data, [rois?.[0] ?? 0, 5]], outputs: [output, output] };
  },
  inferType(_, { arguments: [data, rois], outputs: [output] }) {
    const type = data ?? rois ?? output;
    return { arguments: [type, rois ?? type], outputs: [type, "int32"] };
  },
});
