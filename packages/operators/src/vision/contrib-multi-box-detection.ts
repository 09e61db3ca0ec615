import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
} from "@mxgraft/operator";
import { boxVariances } from "./pair.ts";
import { requireAxes } from "./require-axes.ts";

const attributes = {
  clip: defaulted(boolean, true, "whether boxes are cut off at the image's edges"),
  threshold: defaulted(real, 0.01, "probability from which an anchor shows an object"),
  background_id: defaulted(integer(), 0, "not used: class 0 is the background, as in MXNet"),
  nms_threshold: defaulted(real, 0.5, "overlap from which the less probable of two boxes goes; none outside of (0, 1]"),
  force_suppress: defaulted(boolean, false, "whether boxes of different classes suppress each other, too"),
  variances: defaulted(boxVariances, [0.1, 0.1, 0.2, 0.2], "units of the offsets of x, y, width and height"),
  nms_topk: defaulted(integer(), -1, "how many of the most probable boxes are kept; all when not positive"),
};

export type MultiBoxDetectionAttributes = AttributesOf<typeof attributes>;

/**
 * The objects a detector sees: anchors moved by the offsets it gives, without those that overlap better ones.
 *
 * Shapes (N batch, C classes with the background as 0, A anchors):
 *   cls_prob  argument  (N, C, A)
 *   loc_pred  argument  (N, 4 A)   offset of the object from the anchor
 *   anchor    argument  (1, A, 4)  x1, y1, x2, y2
 *   output    output    (N, A, 6)  class - 1, probability, x1, y1, x2, y2; a class of -1 is no object. No gradient
 *
 * @throws ShapeError  the shapes do not fit each other.
 */
export const multiBoxDetection: OperatorSpec<MultiBoxDetectionAttributes> = defineOperator({
  name: "_contrib_MultiBoxDetection",
  aliases: ["_npx_multibox_detection"],
  attributes,
  arguments: ["cls_prob", "loc_pred", "anchor"],
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(_, known) {
    const [scores, offsets, anchor] = known.arguments;
    requireAxes("cls_prob", scores, "(batch, class, anchor)");
    requireAxes("loc_pred", offsets, "(batch, 4 for each anchor)");
    requireAxes("anchor", anchor, "(1, anchor, 4)");
    const batch = scores?.[0] || offsets?.[0] || 0;
    const anchors = anchor?.[1] || scores?.[2] || Math.floor((offsets?.[1] ?? 0) / 4);
    return {
      arguments: [
        [batch, scores?.[1] ?? 0, anchors],
        [batch, anchors * 4],
        [1, anchors, 4],
      ],
      outputs: [[batch, anchors, 6]],
    };
  },
});
