import type { Lowering } from "@mxgraft/operator";
import type { MultiBoxTargetAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";

/** Lowering of _contrib_MultiBoxTarget. */
export const multiBoxTargetLowering: Lowering<MultiBoxTargetAttributes> = {
  natives: ["MxgraftMultiBoxTarget"],
  forward({ graph, attributes, inputs }) {
    const { minimum_negative_samples: _, ...facts } = attributes;
    const arrays = [given(inputs[0], "anchor"), given(inputs[1], "label"), given(inputs[2], "cls_pred")];
    return graph.node("MxgraftMultiBoxTarget", arrays, facts);
  },
  backward: () => [],
};
