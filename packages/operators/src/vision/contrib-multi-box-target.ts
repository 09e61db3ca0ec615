import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, integer, type OperatorSpec, real } from "@mxgraft/operator";
import { boxVariances } from "./pair.ts";
import { requireAxes } from "./require-axes.ts";

const attributes = {
  overlap_threshold: defaulted(real, 0.5, "overlap from which an anchor belongs to an object"),
  ignore_label: defaulted(real, -1, "class target of anchors that do not count"),
  negative_mining_ratio: defaulted(real, -1, "background anchors for each object's; all when not positive"),
  negative_mining_thresh: defaulted(real, 0.5, "overlap below which an anchor can be background, with mining"),
  minimum_negative_samples: defaulted(integer(), 0, "not used, as in MXNet"),
  variances: defaulted(boxVariances, [0.1, 0.1, 0.2, 0.2], "units of the offsets of x, y, width and height"),
};

export type MultiBoxTargetAttributes = AttributesOf<typeof attributes>;

/**
 * What a detector should say about each anchor: which object it belongs to and where that lies.
 *
 * Shapes (N batch, A anchors, L objects at most, C classes with the background):
 *   anchor      argument  (1, A, 4)       x1, y1, x2, y2
 *   label       argument  (N, L, 5 or more)  class, x1, y1, x2, y2; a class of -1 ends the list
 *   cls_pred    argument  (N, C, A)       scores, which choose the hardest background anchors; no gradient
 *   loc_target  output    (N, 4 A)        offset of the object from the anchor, 0 for other anchors
 *   loc_mask    output    (N, 4 A)        1 where loc_target counts
 *   cls_target  output    (N, A)          class + 1, 0 for background, `ignore_label` for anchors that do not count
 *
 * A sample without objects has no background either: all its anchors do not count.
 *
 * @throws ShapeError  the shapes do not fit each other.
 */
export const multiBoxTarget: OperatorSpec<MultiBoxTargetAttributes> = defineOperator({
  name: "_contrib_MultiBoxTarget",
  aliases: ["_npx_multibox_target"],
  attributes,
  arguments: ["anchor", "label", "cls_pred"],
  outputs: ["loc_target", "loc_mask", "cls_target"],
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(_, known) {
    const [anchor, label, scores] = known.arguments;
    requireAxes("anchor", anchor, "(1, anchor, 4)");
    requireAxes("label", label, "(batch, object, 5)");
    requireAxes("cls_pred", scores, "(batch, class, anchor)");
    const width = label?.[2] ?? 0;
    if (width > 0 && width < 5) {
      throw new ShapeError(
        `argument "label" has shape ${formatShape(label)}, expected 5 numbers or more for an object.`,
        {
          argument: "label",
          expected: 5,
          actual: label,
        },
      );
    }
    const batch = label?.[0] || scores?.[0] || 0;
    const anchors = anchor?.[1] || scores?.[2] || 0;
    return {
      arguments: [[1, anchors, 4], label && [batch, ...label.slice(1)], [batch, scores?.[1] ?? 0, anchors]],
      outputs: [
        [batch, anchors * 4],
        [batch, anchors * 4],
        [batch, anchors],
      ],
    };
  },
});
