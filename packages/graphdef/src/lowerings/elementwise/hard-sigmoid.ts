import type { Lowering } from "@mxgraft/operator";
import type { HardSigmoidAttributes } from "@mxgraft/operators";
import { add, binary, cast, mul } from "../arithmetic.ts";
import { given } from "../given.ts";

/** Lowering of hard_sigmoid. */
export const hardSigmoidLowering: Lowering<HardSigmoidAttributes> = {
  forward({ graph, attributes: { alpha, beta }, inputs: [data] }) {
    const line = add(graph, mul(graph, given(data, "data"), alpha), beta);
    return [binary(graph, "Minimum", binary(graph, "Maximum", line, 0), 1)];
  },
  backward({ graph, attributes: { alpha }, outputs: [output], headGradients: [dy] }) {
    if (!dy) return [];
    const y = given(output, "output");
    const inside = graph.one("LogicalAnd", [binary(graph, "Greater", y, 0), binary(graph, "Less", y, 1)]);
    return [mul(graph, mul(graph, dy, cast(graph, inside, dy.type)), alpha)];
  },
};
