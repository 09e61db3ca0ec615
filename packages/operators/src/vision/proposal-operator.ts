import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
  realTuple,
} from "@mxgraft/operator";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  rpn_pre_nms_top_n: defaulted(integer(), 6000, "boxes that are compared; all when not positive"),
  rpn_post_nms_top_n: defaulted(integer({ min: 1 }), 300, "boxes that are proposed"),
  threshold: defaulted(real, 0.7, "overlap from which the less probable of two boxes goes"),
  rpn_min_size: defaulted(integer(), 16, "smallest width and height, in pixels of the unscaled image"),
  scales: defaulted(realTuple, [4, 8, 16, 32], "sizes of the anchors, in strides"),
  ratios: defaulted(realTuple, [0.5, 1, 2], "height / width of the anchors"),
  feature_stride: defaulted(integer({ min: 1 }), 16, "pixels between two places of the map"),
  output_score: defaulted(boolean, false, "whether score is an output"),
  iou_loss: defaulted(boolean, false, "whether bbox_pred moves corners instead of center and size"),
};

export type ProposalAttributes = AttributesOf<typeof attributes>;

/** The specification of Proposal, which takes one image, or MultiProposal. */
export function proposalOperator(name: string, multiple: boolean): OperatorSpec<ProposalAttributes> {
  return defineOperator<ProposalAttributes>({
    name,
    attributes,
    arguments: ["cls_prob", "bbox_pred", "im_info"],
    outputs: ["output", "score"],
    visibleOutputs: ({ output_score }) => (output_score ? 2 : 1),
    backwardReads: () => ({ arguments: [], outputs: [] }),
    inferShape({ rpn_post_nms_top_n: count }, known) {
      const [scores] = known.arguments;
      requireAxes("cls_prob", scores, MAP_AXES);
      const batch = scores?.[0] || known.arguments[1]?.[0] || 0;
      const rows = multiple ? batch * count : count;
      const outputs = [
        [rows, 5],
        [rows, 1],
      ];
      if (scores === undefined) return multiple ? {} : { outputs };
      const [, channels = 0, height = 0, width = 0] = scores;
      return {
        arguments: [
          [batch, channels, height, width],
          [batch, channels * 2, height, width],
          [batch, 3],
        ],
        outputs,
      };
    },
  });
}
