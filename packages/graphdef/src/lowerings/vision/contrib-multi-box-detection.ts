import type { Lowering } from "@mxgraft/operator";
import type { MultiBoxDetectionAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";

/** Lowering of _contrib_MultiBoxDetection. */
export const multiBoxDetectionLowering: Lowering<MultiBoxDetectionAttributes> = {
  natives: ["MxgraftMultiBoxDetection"],
  forward({ graph, attributes, inputs }) {
    const { clip, threshold, nms_threshold, nms_topk, force_suppress, variances } = attributes;
    const arrays = [given(inputs[0], "cls_prob"), given(inputs[1], "loc_pred"), given(inputs[2], "anchor")];
    const facts = { clip, threshold, nms_threshold, nms_topk, force_suppress, variances };
    return [graph.one("MxgraftMultiBoxDetection", arrays, facts)];
  },
  backward: () => [],
};
