import type { Lowering } from "@mxgraft/operator";
import type { ROIAlignAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { shapeOf } from "../shapes.ts";

function factsOf({ pooled_size, spatial_scale, sample_ratio, position_sensitive, aligned }: ROIAlignAttributes) {
  return { pooled: pooled_size, spatial_scale, sample_ratio, position_sensitive, aligned };
}

/** Lowering of _contrib_ROIAlign. */
export const roiAlignLowering: Lowering<ROIAlignAttributes> = {
  natives: ["MxgraftRoiAlign", "MxgraftRoiAlignGradient"],
  forward({ graph, attributes, inputs }) {
    const arrays = [given(inputs[0], "data"), given(inputs[1], "rois")];
    return [graph.one("MxgraftRoiAlign", arrays, factsOf(attributes))];
  },
  backward({ graph, attributes, inputs, headGradients: [dy] }) {
    if (!dy) return [];
    const arrays = [shapeOf(graph, given(inputs[0], "data")), given(inputs[1], "rois"), dy];
    return [graph.one("MxgraftRoiAlignGradient", arrays, factsOf(attributes))];
  },
};
