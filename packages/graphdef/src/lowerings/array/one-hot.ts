import { type Lowering, tensorType } from "@mxgraft/operator";
import type { OneHotAttributes } from "@mxgraft/operators";
import { cast } from "../arithmetic.ts";
import { given } from "../given.ts";

/** Lowering of one_hot. */
export const oneHotLowering: Lowering<OneHotAttributes> = {
  forward({ graph, attributes: { depth, on_value, off_value, dtype }, inputs: [indices] }) {
    const ids = cast(graph, given(indices, "indices"), "int32");
    const values = [graph.constant(on_value), graph.constant(off_value)];
    return [cast(graph, graph.one("OneHot", [ids, graph.constant(depth, "int32"), ...values]), tensorType(dtype))];
  },
  backward: () => [],
};
