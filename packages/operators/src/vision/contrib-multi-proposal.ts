import { proposalOperator } from "./proposal-operator.ts";

/**
 * Boxes that a region proposal network takes for objects: anchors moved by its offsets, without those that overlap
 * better ones, for each image of a batch.
 *
 * Shapes (N batch, A = scales x ratios anchors at each place, R = rpn_post_nms_top_n):
 *   cls_prob   argument  (N, 2 A, H, W)  probabilities of background, then those of objects
 *   bbox_pred  argument  (N, 4 A, H, W)
 *   im_info    argument  (N, 3)          height, width and scale of each image
 *   output     output    (N R, 5)        image, x1, y1, x2, y2 in pixels; repeated where there are fewer boxes
 *   score      output    (N R, 1)        hidden unless `output_score`
 *
 * No gradients.
 *
 * @throws ShapeError  `cls_prob` has not four axes.
 */
export const multiProposal = proposalOperator("_contrib_MultiProposal", true);
