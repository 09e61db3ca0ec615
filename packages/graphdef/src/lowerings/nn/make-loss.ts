import type { Lowering } from "@mxgraft/operator";
import type { MakeLossAttributes } from "@mxgraft/operators";
import { binary, cast, div } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, summed } from "../shapes.ts";

/** Lowering of MakeLoss. */
export const makeLossLowering: Lowering<MakeLossAttributes> = {
  forward: ({ graph, inputs: [data] }) => [graph.one("Identity", [given(data, "data")])],
  backward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const { grad_scale, normalization, valid_thresh } = attributes;
    const fill = (value: Parameters<typeof div>[1]) =>
      graph.one("Fill", [integers(graph, shape), typeof value === "number" ? graph.constant(value) : value]);
    if (normalization === "batch") return [fill(grad_scale / (shape[0] ?? 1))];
    if (normalization === "null") return [fill(grad_scale)];
    const above = cast(graph, binary(graph, "Greater", given(data, "data"), valid_thresh), "float32");
    const valid = summed(graph, above, Array.from(shape.keys()));
    return [fill(div(graph, grad_scale, binary(graph, "Maximum", valid, 1)))];
  },
};
