import type { Lowering } from "@mxgraft/operator";
import type { CTCLossAttributes } from "@mxgraft/operators";
import { cast, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";

/** Lowering of CTCLoss, which computes its gradient along with the losses. */
export const ctcLossLowering: Lowering<CTCLossAttributes> = {
  natives: ["MxgraftCtcLoss"],
  forward({ graph, attributes, inputs: [data, label, ...lengths] }) {
    const { use_data_lengths, use_label_lengths, blank_label } = attributes;
    const none = graph.constant([]);
    const float = (value: typeof data, what: string) => cast(graph, given(value, what), "float32");
    const arrays = [
      given(data, "data"),
      float(label, "label"),
      use_data_lengths ? float(lengths[0], "data_lengths") : none,
      use_label_lengths ? float(lengths.at(-1), "label_lengths") : none,
    ];
    return graph.node("MxgraftCtcLoss", arrays, { blank_first: blank_label === "first" });
  },
  backward({ graph, outputs, headGradients: [dy] }) {
    if (!dy) return [];
    const head = graph.one("Reshape", [dy, integers(graph, [1, -1, 1])]);
    return [mul(graph, given(outputs[1], "the gradient"), head)];
  },
};
