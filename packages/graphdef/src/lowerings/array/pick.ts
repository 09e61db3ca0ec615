import type { Lowering } from "@mxgraft/operator";
import { type PickAttributes, pickedAxis } from "@mxgraft/operators";
import { binary, cast } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped } from "../shapes.ts";

/** Lowering of pick along the last axis; its gradient is recorded. The kernel cannot be: tfjs reads the indices. */
export const pickLowering: Lowering<PickAttributes> = {
  accepts({ axis, mode }, [data = []]) {
    if (axis === null || mode !== "clip") return false;
    const [, size, inner] = pickedAxis(axis, data);
    return data.length > 1 && inner === 1 && size > 0;
  },
  forward({
    graph,
    attributes: { axis },
    inputs: [data, index],
    inputShapes: [shape = []],
    outputShapes: [output = []],
  }) {
    const [, size] = pickedAxis(axis, shape);
    const rows = graph.one("Reshape", [given(data, "data"), integers(graph, [-1, size])]);
    const places = graph.one("Reshape", [cast(graph, given(index, "index"), "int32"), integers(graph, [-1, 1])]);
    const inside = binary(graph, "Minimum", binary(graph, "Maximum", places, 0), size - 1);
    const picked = graph.one("GatherV2", [rows, inside, graph.constant(1, "int32")], { batch_dims: 1 });
    return [reshaped(graph, picked, output)];
  },
};
