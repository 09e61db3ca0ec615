import { proposalOperator } from "./proposal-operator.ts";

/**
 * Boxes that a region proposal network takes for objects: anchors moved by its offsets, without those that overlap
 * better ones. For one image; see MultiProposal.
 *
 * Shapes (A = scales x ratios anchors at each place, R = rpn_post_nms_top_n):
 *   cls_prob   argument  (1, 2 A, H, W)  probabilities of background, then those of objects
 *   bbox_pred  argument  (1, 4 A, H, W)
 *   im_info    argument  (1, 3)          height, width and scale of the image
 *   output     output    (R, 5)          0, x1, y1, x2, y2 in pixels; repeated where there are fewer boxes
 *   score      output    (R, 1)          hidden unless `output_score`
 *
 * No gradients.
 *
 * @throws ShapeError  `cls_prob` has not four axes.
 */
export const proposal = proposalOperator("_contrib_Proposal", false);
