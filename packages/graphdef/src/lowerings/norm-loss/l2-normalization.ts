import type { Lowering } from "@mxgraft/operator";
import type { L2NormalizationAttributes } from "@mxgraft/operators";
import { add, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { summed } from "../shapes.ts";

/** The axes of one vector. */
function vectorAxes({ mode }: L2NormalizationAttributes, rank: number): number[] {
  const first = mode === "spatial" ? 2 : 1;
  return Array.from({ length: (mode === "channel" ? 2 : rank) - first }, (_, i) => first + i);
}

/** Lowering of L2Normalization. */
export const l2NormalizationLowering: Lowering<L2NormalizationAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const x = given(data, "data");
    const axes = vectorAxes(attributes, shape.length);
    const norm = unary(graph, "Sqrt", add(graph, summed(graph, unary(graph, "Square", x), axes, true), attributes.eps));
    const output = div(graph, x, norm);
    // Each sum has one term: it only drops the axes of size 1.
    return { outputs: [output, summed(graph, norm, axes)], saved: [output, norm] };
  },
  /** dx = (dy - y sum(dy y)) / norm */
  backward({ graph, attributes, inputShapes: [shape = []], saved: [output, norm], headGradients: [dy] }) {
    if (!dy) return [];
    const y = given(output, "output");
    const along = mul(graph, y, summed(graph, mul(graph, dy, y), vectorAxes(attributes, shape.length), true));
    return [div(graph, sub(graph, dy, along), given(norm, "norm"))];
  },
};
