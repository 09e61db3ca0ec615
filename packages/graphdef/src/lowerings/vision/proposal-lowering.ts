import type { Lowering } from "@mxgraft/operator";
import type { ProposalAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";

/** Lowering of _contrib_Proposal and _contrib_MultiProposal. */
export const proposalLowering: Lowering<ProposalAttributes> = {
  natives: ["MxgraftProposal"],
  forward({ graph, attributes, inputs }) {
    const { output_score: _, ...facts } = attributes;
    const arrays = [given(inputs[0], "cls_prob"), given(inputs[1], "bbox_pred"), given(inputs[2], "im_info")];
    return graph.node("MxgraftProposal", arrays, facts);
  },
  backward: () => [],
};
