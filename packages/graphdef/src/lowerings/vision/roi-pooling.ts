import type { Lowering } from "@mxgraft/operator";
import type { ROIPoolingAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, reshapedLike } from "../shapes.ts";

/** Lowering of ROIPooling: forward notes where in data each number lies, so that the gradient is a sum by place. */
export const roiPoolingLowering: Lowering<ROIPoolingAttributes> = {
  natives: ["MxgraftRoiPooling"],
  forward({ graph, attributes: { pooled_size: pooled, spatial_scale }, inputs }) {
    const arrays = [given(inputs[0], "data"), given(inputs[1], "rois")];
    return graph.node("MxgraftRoiPooling", arrays, { pooled, spatial_scale });
  },
  backward({ graph, inputs, outputs, headGradients: [dy] }) {
    if (!dy) return [];
    const data = given(inputs[0], "data");
    const flat = [dy, given(outputs[1], "maxidx")].map((x) => graph.one("Reshape", [x, integers(graph, [-1])]));
    // Places below 0 are passed over.
    const size = graph.one("Size", [data], { out_type: { type: "int32" } });
    return [reshapedLike(graph, graph.one("UnsortedSegmentSum", [...flat, size]), data)];
  },
};
