import type { Lowering } from "@mxgraft/operator";
import type { MakeLossAttributes } from "@mxgraft/operators";
import { binary, cast, div } from "../arithmetic.ts";
import { given } from "../given.ts";
import { shapeOf, sizeAt, summed } from "../shapes.ts";

/** Lowering of MakeLoss. */
export const makeLossLowering: Lowering<MakeLossAttributes> = {
  forward({ graph, inputs }) {
    const data = given(inputs[0], "data");
    return {
      outputs: [graph.one("Identity", [data])],
      saved: [shapeOf(graph, data), cast(graph, sizeAt(graph, data, 0), "float32")],
    };
  },
  backward({ graph, attributes, inputs: [data], inputShapes: [shape = []], saved }) {
    const { grad_scale, normalization, valid_thresh } = attributes;
    const [sizes, batch] = [given(saved[0], "the shape of data"), given(saved[1], "the batch")];
    if (normalization === "null") return [graph.one("Fill", [sizes, graph.constant(grad_scale)])];
    if (normalization === "batch") return [graph.one("Fill", [sizes, div(graph, grad_scale, batch)])];
    const above = cast(graph, binary(graph, "Greater", given(data, "data"), valid_thresh), "float32");
    const valid = summed(graph, above, Array.from(shape.keys()));
    return [graph.one("Fill", [sizes, div(graph, grad_scale, binary(graph, "Maximum", valid, 1))])];
  },
};
